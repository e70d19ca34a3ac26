import { findSecrets } from "./find-secrets.js";

/**
 * The text with each secret replaced by `[redacted: RULE]`, and how many there were; a secret that stands in two places
 * counts twice. Only the secret goes, never its name or quotes, so JSON stays JSON. Against accidents only; see `findSecrets`.
 */
export const hideSecrets = async (text: string): Promise<{ readonly text: string; readonly hidden: number }> => {
  const secrets = await findSecrets(text);
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
