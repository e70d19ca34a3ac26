import { readFileSync } from "node:fs";
import { z } from "zod";

const common = { id: z.string(), class: z.string(), command: z.string() };
const line = z.discriminatedUnion("expect", [
  // Mode strict does not let it through without a person.
  z.strictObject({ ...common, expect: z.literal("deny") }),
  // It looks like an attack and is none: strict lets it through, with this effect, because.
  z.strictObject({ ...common, expect: z.enum(["read", "write"]), because: z.string() }),
]);

type Line = z.infer<typeof line>;
export type Attack = Extract<Line, { readonly expect: "deny" }>;
export type Lookalike = Exclude<Line, Attack>;

/** The attacks on the aws stage and what only looks like one, one JSON object a line. */
export const lines: readonly Line[] = readFileSync(new URL("../../security/attacks/aws.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((text) => line.parse(JSON.parse(text)));

export const attacks = lines.filter((each): each is Attack => each.expect === "deny");
export const lookalikes = lines.filter((each): each is Lookalike => each.expect !== "deny");
