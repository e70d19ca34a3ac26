import type { CallRecord } from "./call-record.js";
import { type AuditParts, recordWriter } from "./record-writer.js";

/** A call that was refused because its principal has sent too many, or drawn too much. */
export type ExhaustedCall = Pick<CallRecord, "kind" | "request" | "code" | "policy"> & { readonly readOnly: boolean };

type ExhaustedParts = AuditParts & {
  /** Milliseconds between two records. */
  readonly every?: number;
};

/**
 * Writes down calls that a limit has refused: without their words, which nobody has read, and at most one record a second,
 * whose `repeated` counts those that there were besides. Otherwise whoever may run nothing could still keep the server
 * reading and fill the disk. Where none can be written the call is refused for its own reason all the same.
 */
export const exhaustedCalls = ({
  every = 1000,
  ...parts
}: ExhaustedParts): ((call: ExhaustedCall) => Promise<void>) => {
  const { ready, write } = recordWriter(parts);
  let last: ExhaustedCall | undefined;
  let repeated = 0;
  let isWaiting = false;
  const writeDown = async (call: ExhaustedCall, besides: number): Promise<void> => {
    isWaiting = true;
    // The server may end before: it is not kept for that.
    setTimeout(ended, every).unref();
    if (!ready().ok) return;
    const { kind, request, code, policy, readOnly } = call;
    await write({
      ...{ kind, request, asked: [""], canonical: [], completed: [], effects: [], policy },
      ...{ verdict: "none", rule: "", status: "refused", code, identities: [], exits: [], bytes: 0, dropped: 0, ms: 0 },
      read_only: readOnly || parts.principal.access === "read",
      ...(besides === 0 ? {} : { repeated: besides }),
    });
  };
  const ended = (): void => {
    isWaiting = false;
    if (last === undefined) return;
    const [call, besides] = [last, repeated - 1];
    last = undefined;
    repeated = 0;
    void writeDown(call, besides);
  };
  return async (call) => {
    if (!isWaiting) return writeDown(call, 0);
    last = call;
    repeated += 1;
  };
};
