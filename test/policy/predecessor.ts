import { readFileSync } from "node:fs";
import { z } from "zod";

const line = z.strictObject({
  // `T` and a number: a case of the Python AWS MCP Server's own tests. `W`: a weakness of its rules, or what they do not cover.
  id: z.string().regex(/^[TW][0-9]{3}$/),
  command: z.string(),
  verdict: z.enum(["allow", "ask", "deny", "problem"]),
  code: z.string(),
  // Why the verdict is right, and after `differs:` what that server's tests expect instead.
  because: z.string(),
});

/** What the Python AWS MCP Server was asked, and our answer in mode strict, one JSON object a line. */
export const lines: readonly z.infer<typeof line>[] = readFileSync(
  new URL("../../security/attacks/predecessor.jsonl", import.meta.url),
  "utf8",
)
  .trimEnd()
  .split("\n")
  .map((text) => line.parse(JSON.parse(text)));
