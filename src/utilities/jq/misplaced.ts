import { type JqProblem, loadsModule, notUnderstood, quoted } from "./jq-problem.js";
import type { JqToken } from "./jq-token.js";

/** A token that cannot stand where it stands. */
export const misplaced = ({ kind, text, offset }: JqToken): JqProblem => {
  if (kind === "end") return notUnderstood("the jq program ends too early", "go on with a filter such as `.`", offset);
  if (MODULES.has(text)) return loadsModule(text, offset);
  return notUnderstood(
    `${quoted(text)} is not understood at this place of the jq program`,
    HINTS.get(text) ?? 'join filters with `|` or `,`, and write fields as `.name` or `.["any name"]`',
    offset,
  );
};

/** Statements before a program, and keywords wherever they stand; as keys they are data and never misplaced. */
const MODULES: ReadonlySet<string> = new Set(["import", "include", "module"]);

const HINTS: ReadonlyMap<string, string> = new Map([
  ["?//", "put a blank between `?` and `//`: `.a? // 1`"],
  ["=", "compare with `==`, and assign as in `.a = 1`"],
  ["else", "write `if … then … else … end`"],
  ["end", "write `if … then … else … end`"],
  ["as", "write `… as $name | …`"],
]);
