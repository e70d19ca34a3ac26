/** Something worth telling the operator. Argument values never belong in it. */
export type LogEntry = { readonly event: string } & Readonly<
  Record<string, string | number | boolean | readonly string[]>
>;

/** Writes one JSON line to stderr; stdout belongs to MCP. */
export const log = (entry: LogEntry): void => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
};
