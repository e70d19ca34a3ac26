import { findSecrets } from "../../redact/find-secrets.js";
import type { Masks } from "./masks.js";
import { isReferenceAt } from "./reference.js";

/**
 * Texts with the secrets masked that stand in them for another time, and with those that only their looks give away: keys,
 * tokens, presigned URLs. All texts are looked at together, since a secret key is told by the identifier beside it.
 */
export const maskKnown = async (texts: readonly string[], masks: Masks): Promise<readonly string[]> => {
  const found = await maskFound(texts, masks);
  const known = [...masks.hidden].filter(isTelling).slice(0, MOST);
  known.sort((one, other) => other.length - one.length);
  return found.map((text) => known.reduce((shown, secret) => withoutSecret(shown, secret, masks), text));
};

const maskFound = async (texts: readonly string[], masks: Masks): Promise<readonly string[]> => {
  const all = texts.join("\n");
  const secrets = (await findSecrets(all)).filter(({ start }) => !isReferenceAt(all, start));
  let from = 0;
  let next = 0;
  return texts.map((text) => {
    let shown = "";
    let at = 0;
    while ((secrets[next]?.end ?? Number.POSITIVE_INFINITY) <= from) next++;
    for (let index = next; (secrets[index]?.start ?? Number.POSITIVE_INFINITY) < from + text.length; index++) {
      const { start = 0, end = 0 } = secrets[index] ?? {};
      const [begin, over] = [Math.max(at, start - from), Math.min(text.length, end - from)];
      shown += text.slice(at, begin) + masks.hide(text.slice(begin, over));
      at = over;
    }
    from += text.length + 1;
    return shown + text.slice(at);
  });
};

/** Secrets that are looked for elsewhere; each costs a look at all texts. */
const MOST = 64;

/** A short word of lower-case letters is a word like any other. */
const isTelling = (secret: string): boolean => secret.length >= (/^[a-z-]*$/.test(secret) ? 12 : 6);

const withoutSecret = (text: string, secret: string, masks: Masks): string => {
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [secret, escaped].reduce((shown, written) => withoutWritten(shown, written, () => masks.hide(secret)), text);
};

/** A short one is one only where it stands by itself: `123456` is no part of an account. */
const withoutWritten = (text: string, written: string, mask: () => string): string => {
  if (!text.includes(written)) return text;
  if (written.length >= 12) return text.replaceAll(written, mask);
  const isWord = (character: string | undefined): boolean => /[A-Za-z0-9]/.test(character ?? "");
  return text.replaceAll(written, (found, at: number) =>
    isWord(text[at - 1]) || isWord(text[at + found.length]) ? found : mask(),
  );
};
