import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { bytesProblem, inSeconds } from "./exhausted.js";
import type { Limits } from "./limits.js";

/** Counts a page of a kept result, by its bytes. Throws the protocol's error where they may not be drawn now. */
export type DrawPage = (count: number) => void;

/** Pages are bytes of output as well, though no engine hands them out. */
export const drawPage =
  ({ bytes }: Pick<Limits, "bytes">): DrawPage =>
  (count) => {
    if (bytes === undefined) return;
    const problem = bytesProblem(bytes, count);
    if (problem !== undefined)
      throw new ProtocolError(
        ProtocolErrorCode.InvalidRequest,
        `${problem.code}: ${problem.message}\nhint: read it again ${inSeconds(bytes.wait(count))}`,
      );
    bytes.take(count);
  };
