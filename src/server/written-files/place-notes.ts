import { quoteArgv } from "../../language/quote.js";
import { shownName, shownNames } from "../shown-name.js";
import type { ShownFile } from "./file-blocks.js";

/** A file that is not shown, and why. */
export type LeftFile = {
  /** Below the workspace, as it may be read. */
  readonly name: string;
  readonly bytes: number;
  readonly why: "is-output" | "secret" | "no-text" | "too-long" | "no-bytes-left";
};

/**
 * What is said of the files that a call has written to one replica alone: that they are there, which are shown, and how to
 * come to the others. Nothing where none is left of them.
 *
 * @param more how many have not been looked at
 */
export const placeNotes = (shown: readonly ShownFile[], left: readonly LeftFile[], more: number): readonly string[] => {
  const missing = left.filter(({ why }) => why !== "is-output");
  const parts = [
    ...(shown.length === 0 ? [] : [`here as data: ${shownNames(shown.map(({ name }) => name))}`]),
    ...left.flatMap(({ name, why }) => (why === "is-output" ? [`${shownName(name)} is the output`] : [])),
    ...(missing.length === 0 ? [] : [`not shown: ${missing.map(leftText).join(", ")}`]),
    ...(more === 0 ? [] : [`${more} more not shown`]),
  ];
  if (parts.length === 0) return [];
  const place = `the files are on this replica alone; ${parts.join("; ")}`;
  if (missing.length === 0 && more === 0) return [place];
  const readable = missing.filter(({ why }) => why !== "secret");
  return [place, readable.length === 0 && more === 0 ? NOT_AGAIN : howTo(readable[0])];
};

const leftText = ({ name, bytes, why }: LeftFile): string =>
  `${shownName(name)} (${bytes} ${bytes === 1 ? "byte" : "bytes"}${REASONS[why]})`;

const REASONS: Readonly<Record<LeftFile["why"], string>> = {
  "is-output": "",
  secret: ", of a command that reads a secret",
  "no-text": ", no text in UTF-8",
  "too-long": ", too long",
  "no-bytes-left": ", over AWS_MCP_BYTES_PER_MINUTE",
};

// No command that would show a secret is proposed.
const NOT_AGAIN =
  "a later call may not find them; the operator can set AWS_MCP_WORKDIR to storage that all replicas share";

const howTo = (first: LeftFile | undefined): string =>
  `a later call may not find them: read one in the call that writes it, as with \`COMMAND; ${readCommand(first)}\`, or write \`-\` in its place and filter the output; the operator can set AWS_MCP_WORKDIR to storage that all replicas share`;

const readCommand = (file: LeftFile | undefined): string => {
  // A name that is not shown as it is would be none of a file.
  const name = file !== undefined && /^[\w][\w ./=+@-]{0,99}$/.test(file.name) ? quoteArgv([file.name]) : "FILE";
  return file?.why === "no-text" ? `base64 ${name} | head -c 20000` : `head -c 20000 ${name}`;
};
