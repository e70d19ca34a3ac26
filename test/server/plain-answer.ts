/** An answer without what differs from run to run: times, and what held the stages in, and as whom they ran. */
export const plainAnswer = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value) => (VARYING.has(key) ? undefined : value)));

const VARYING: ReadonlySet<string> = new Set(["duration_ms", "enforced", "identities", "policy"]);
