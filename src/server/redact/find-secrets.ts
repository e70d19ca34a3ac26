import { accessKeys } from "./access-keys.js";
import { namedValues } from "./named-values.js";
import { privateKeys } from "./private-keys.js";
import type { Stretch } from "./read-value.js";
import { ruleSet } from "./rule-set.js";
import type { Secret } from "./secret.js";
import { shapes } from "./shapes.js";
import { tableColumns } from "./table-columns.js";

export type { Secret } from "./secret.js";

/**
 * Secrets in a text, by a maintained rule set for the tokens of vendors and by rules of our own for what AWS answers with.
 * This is against accidents only: a filter (`rev`, `base64`, `cut`) can disguise anything, and a password that stands
 * alone looks like any word. What keeps secrets from being read is the policy. Linear in the text.
 */
export const findSecrets = async (coloured: string): Promise<readonly Secret[]> => {
  if (coloured === "") return [];
  const text = withoutColours(coloured);
  const { secrets, handles } = namedValues(text);
  const all = [
    ...secrets,
    ...outside(handles, [...shapes(text), ...accessKeys(text), ...(await ruleSet(text))]),
    ...privateKeys(text),
    ...tableColumns(text),
  ];
  const marks = Array.from(text.matchAll(HIDDEN), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  return joined(outside(marks, all).map((secret) => betweenEscapes(text, secret))).filter(
    ({ start, end }) => start < end,
  );
};

/** What stands in the place of a secret already. */
const HIDDEN = /\[redacted: [a-z0-9-]{1,40}\]/g;

/** With as many blanks in place of the escapes that `jq -C` and others colour their output with (ECMA-48, SGR and EL). */
const withoutColours = (text: string): string =>
  text.includes("\u001b[") ? text.replace(/\u001b\[[0-9;]{0,16}[mK]/g, ({ length }) => " ".repeat(length)) : text;

/** Those that do not begin in one of the stretches, which are in order. */
const outside = (stretches: readonly Stretch[], secrets: readonly Secret[]): readonly Secret[] => {
  if (stretches.length === 0) return secrets;
  let index = 0;
  return secrets
    .toSorted((one, other) => one.start - other.start)
    .filter(({ start }) => {
      while ((stretches[index]?.end ?? Number.POSITIVE_INFINITY) <= start) index++;
      return start < (stretches[index]?.start ?? Number.POSITIVE_INFINITY);
    });
};

/** Without the first half of an escape at its end, and with the one that would be left before it: so JSON stays JSON. */
const betweenEscapes = (text: string, { start, end, rule }: Secret): Secret => ({
  start: start - (backslashesBefore(text, start) % 2),
  end: end - (backslashesBefore(text, end) % 2),
  rule,
});

const backslashesBefore = (text: string, at: number): number => {
  let from = at;
  while (text[from - 1] === "\\") from--;
  return at - from;
};

/** In order, with those that overlap made one; the one that begins first names it, of two that begin together the longer. */
const joined = (secrets: readonly Secret[]): readonly Secret[] => {
  const result: Secret[] = [];
  for (const secret of secrets.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = result.at(-1);
    if (last === undefined || last.end <= secret.start) result.push(secret);
    else if (secret.end > last.end) result[result.length - 1] = { ...last, end: secret.end };
  }
  return result;
};
