import { findSecrets } from "./find-secrets.js";

/**
 * The text with each secret replaced by `[redacted: RULE]`, and how many there were; a secret that stands in two places
 * counts twice. Only the secret goes, never its name or quotes, so JSON stays JSON. Against accidents only; see `findSecrets`.
 *
 * @param behind what comes after the text, by which a secret may be told that the text ends in
 */
export const hideSecrets = async (
  text: string,
  behind = "",
): Promise<{ readonly text: string; readonly hidden: number }> => {
  const found = await findSecrets(text + behind);
  const secrets = found.filter(({ start }) => start < text.length);
  let shown = "";
  let at = 0;
  for (const { start, end, rule } of secrets) {
    shown += text.slice(at, start) + hiddenAs(rule);
    at = end;
  }
  return { text: shown + text.slice(at), hidden: secrets.length };
};

/** What stands in a secret's place. It has neither quotes nor backslashes, so that JSON stays what it is. */
export const hiddenAs = (rule: string): string => `[redacted: ${rule}]`;
