import type { AskedPlaces } from "../fan-out/places.js";
import { type AuditParts, recordWriter } from "./record-writer.js";

/** A tool call, or a part of one, that was refused before any of its commands reached the engine. */
export type RefusedCall = Partial<AskedPlaces> & {
  /** The id of the MCP request as text. */
  readonly request: string;
  /** Its commands as they were sent. */
  readonly commands: readonly [string, ...string[]];
  readonly code: string;
  readonly readOnly: boolean;
};

/** Where a tool call is written down that the engine never saw; nothing where nobody writes anything down. */
export type NotesRefusals = { readonly noteRefused?: (call: RefusedCall) => Promise<void> };

/** Besides that, the digest of the rules that the calls would have been judged by. */
type RefusedParts = AuditParts & { readonly policy: string };

/**
 * Writes down tool calls that the engine never saw, so that these leave a record too. Where none can be written the call is
 * refused for its own reason all the same.
 */
export const refusedCalls = ({ policy, ...parts }: RefusedParts): ((call: RefusedCall) => Promise<void>) => {
  const { ready, write } = recordWriter(parts);
  return async ({ request, commands, regions, profiles, code, readOnly }) => {
    if (!ready().ok) return;
    await write({
      ...{ kind: "tool", request, asked: commands, canonical: [], completed: [], effects: [], policy },
      ...{ verdict: "none", rule: "", status: "refused", code, identities: [], exits: [], bytes: 0, dropped: 0, ms: 0 },
      read_only: readOnly || parts.principal.access === "read",
      ...(profiles === undefined ? {} : { profiles }),
      ...(regions === undefined ? {} : { regions: regions === "all" ? [regions] : regions }),
    });
  };
};
