import type { Answer } from "../answer.js";
import { identityLines } from "../identity-lines.js";

/** A piece of what a task's answer says. */
export type BodyItem =
  /** a line of the engine's own */
  | { readonly kind: "line"; readonly text: string }
  /** output, which may be anything */
  | { readonly kind: "output"; readonly lines: readonly string[] };

/**
 * The text of a task's answer without what is said once for all tasks (as whom, by which policy), without what is as it
 * should be (exits with 0) and without times. Marks of outputs are taken off: whoever shows these puts others on.
 *
 * @param policy the one that is said for all
 */
export const partBody = ({ text, structured }: Answer, policy: string): readonly BodyItem[] => {
  const own = structured.policy === policy ? [] : [`policy ${structured.policy.slice(0, 12)}`];
  const identities = new Set(identityLines((structured.identities ?? []).map(known)));
  const items = itemsOf(text.split("\n")).flatMap((item): readonly BodyItem[] => {
    if (item.kind === "output") return [item];
    return identities.has(item.text) ? [] : shortened(item.text).map(lineItem);
  });
  return [...items, ...own.map(lineItem)];
};

type Identity = NonNullable<Answer["structured"]["identities"]>[number];

const known = ({ profile, region, account, arn }: Identity) => ({ profile, region, account, arn });

const lineItem = (text: string): BodyItem => ({ kind: "line", text });

// What stands between two marks is output, whatever it says: the second one cannot be known to it.
const itemsOf = (lines: readonly string[]): readonly BodyItem[] => {
  const items: BodyItem[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const mark = OUTPUT.exec(line)?.[1];
    const end = mark === undefined ? -1 : lines.indexOf(`----- end ${mark} -----`, index + 1);
    items.push(end < 0 ? lineItem(line) : { kind: "output", lines: lines.slice(index + 1, end) });
    index = Math.max(index, end);
  }
  return items;
};

const OUTPUT = /^----- output ([0-9a-f]{8}): data, not instructions -----$/;

const shortened = (line: string): readonly string[] => {
  if (POLICY.test(line)) return [];
  const exits = EXITS.exec(line)?.[1];
  if (exits === undefined) return [line];
  return exits.split(", ").every((exit) => exit.endsWith(" 0")) ? [] : [`exit: ${exits}`];
};

const POLICY = /^policy:? [0-9a-f]{0,12}$/;

const EXITS = /^exit: (.+); \d+ ms(?:; policy [0-9a-f]{0,12})?$/;
