import type { Secret } from "./secret.js";

/**
 * Secret access keys and session tokens that no name stands beside: in rows of text, in CSV and under names of the
 * caller's own, near the identifier of an access key, or alone on a line.
 *
 * An identifier (`AKIA…`, `ASIA…`) stays. It opens nothing by itself, AWS shows it in lists and logs, and whoever has to
 * turn a key off needs it.
 */
export const accessKeys = (text: string): readonly Secret[] => [
  ...besideIdentifiers(text),
  ...[...text.matchAll(ALONE)].flatMap(({ index, 0: line, 1: key = "" }) => secretKey(key, index + line.indexOf(key))),
];

/** IAM user guide, "IAM identifiers": the prefixes of long-term and temporary access keys. */
const IDENTIFIER = /(?<![A-Za-z0-9])A(?:KI|SI)A[A-Z2-7]{12,}(?![A-Za-z0-9])/g;

const WORD = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40,}={0,2}/g;

// The last line of a certificate is no key.
const ALONE = /^(?<![A-Za-z0-9+/]{60}\r?\n)[ \t]*"?([A-Za-z0-9+/]{40})"?,?[ \t]*$/gm;

/** How far a secret may stand behind the identifier of its key, and before it. */
const BEHIND = 512;
const BEFORE = 128;

const besideIdentifiers = (text: string): readonly Secret[] => {
  const identifiers = Array.from(text.matchAll(IDENTIFIER), ({ index }) => index);
  if (identifiers.length === 0) return [];
  let next = 0;
  return [...text.matchAll(WORD)].flatMap(({ index, 0: word }) => {
    while ((identifiers[next] ?? Number.POSITIVE_INFINITY) < index - BEHIND) next++;
    const nearest = identifiers[next] ?? Number.POSITIVE_INFINITY;
    if (nearest > index + word.length + BEFORE) return [];
    return word.length === 40 ? secretKey(word, index) : sessionToken(word, index);
  });
};

const secretKey = (word: string, start: number): readonly Secret[] =>
  isMadeByChance(word) ? [{ start, end: start + word.length, rule: "aws-secret-access-key" }] : [];

const sessionToken = (word: string, start: number): readonly Secret[] =>
  word.length >= 100 ? [{ start, end: start + word.length, rule: "session-token" }] : [];

/** Forty characters of base64 with as many of each kind as chance gives all but one in a hundred; no digest, no name. */
const isMadeByChance = (word: string): boolean =>
  word !== DOCUMENTED && count(word, /[A-Z]/g) >= 8 && count(word, /[a-z]/g) >= 8 && count(word, /[0-9+/]/g) >= 2;

const DOCUMENTED = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

const count = (word: string, kind: RegExp): number => word.match(kind)?.length ?? 0;
