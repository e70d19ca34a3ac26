import { writeStderr } from "./audit/stderr.js";

/** Something worth telling the operator. Argument values never belong in it. */
export type LogEntry = { readonly event: string } & Readonly<
  Record<string, string | number | boolean | readonly string[]>
>;

/**
 * Writes one JSON line to stderr before it returns; stdout belongs to MCP. Where nobody reads stderr there is nobody to tell.
 *
 * Not through pino, as the audit log is: one object in one line needs none of it, and reading it would take a twentieth
 * of every start.
 */
export const log = (entry: LogEntry): void => {
  writeStderr(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
};
