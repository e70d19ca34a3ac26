import type { Secret } from "./secret.js";

/**
 * Private keys in PEM (RFC 7468), OpenSSH's and PGP's armour, in PuTTY's and age's files: on lines of their own, indented,
 * or in a JSON string with escaped line ends, and whatever is there of them where one end was cut off. Certificates and
 * public keys stay. Linear in the text.
 */
export const privateKeys = (text: string): readonly Secret[] => [...armoured(text), ...others(text)];

// SSH2 has four dashes and a blank.
const MARK = /----[- ](BEGIN|END) [A-Z0-9 ]{0,40}?(PRIVATE KEY(?: BLOCK)?|[A-Z0-9]{1,40})[- ]----/g;

type Mark = { readonly start: number; readonly end: number; readonly isBegin: boolean; readonly isPrivate: boolean };

const armoured = (text: string): readonly Secret[] => {
  const marks = [...text.matchAll(MARK)].map(markOf);
  return marks.flatMap((mark, index): readonly Secret[] => {
    const before = marks[index - 1];
    if (!mark.isPrivate) return [];
    // What a beginning has found its end in is done with it.
    if (!mark.isBegin && before !== undefined && isPair(text, before, mark)) return [];
    const start = mark.isBegin ? mark.start : cutStart(text, mark.start, before?.end ?? 0);
    const end = mark.isBegin ? endOf(text, mark, marks[index + 1]) : mark.end;
    // A mark alone is no key.
    return end - start === mark.end - mark.start ? [] : [{ start, end, rule: "private-key" }];
  });
};

const markOf = (found: RegExpMatchArray): Mark => ({
  start: found.index ?? 0,
  end: (found.index ?? 0) + found[0].length,
  isBegin: found[1] === "BEGIN",
  isPrivate: found[2]?.startsWith("PRIVATE KEY") === true,
});

/** Nothing between the two ends the string or the cell that the first stands in. */
const isPair = (text: string, begin: Mark, end: Mark): boolean =>
  begin.isPrivate && begin.isBegin && end.isPrivate && !end.isBegin && !/["|]/.test(text.slice(begin.end, end.start));

const endOf = (text: string, mark: Mark, after: Mark | undefined): number =>
  after !== undefined && isPair(text, mark, after) ? after.end : bodyEnd(text, mark.end);

/** Line ends, also as JSON strings have them, indentation, and the bars of a table. */
const GAP = String.raw`(?:[\s|]|\\{1,8}[nrt])`;

/** What of a key is left where its end is missing: lines of base64, and the headers before them. */
const BODY = new RegExp(
  `(?:${GAP}{1,512}(?:(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|Subject): [^\\n\\\\"|]{0,256}|[A-Za-z0-9+/=]{16,}))*(?:${GAP}{1,8}[A-Za-z0-9+/=]{1,15}(?=["\\s]|$))?`,
  "y",
);

const bodyEnd = (text: string, at: number): number => {
  BODY.lastIndex = at;
  return at + (BODY.exec(text)?.[0].length ?? 0);
};

/** Where the lines of base64 before this place begin; the last of them may be short. */
const cutStart = (text: string, end: number, from: number): number => {
  const lines = text.slice(Math.max(from, end - LONGEST_CUT), end).split(/(\\n|\n)/);
  let start = end;
  let least = 1;
  for (const line of lines.reverse()) {
    const base64 = line.replace(/^[\s|]+|[\s|]+$/g, "");
    if (base64 === "" || base64 === "\\n") start -= line.length;
    else if (base64.length >= least && /^[A-Za-z0-9+/=]+$/.test(base64)) start -= line.length;
    else return start + (text[start] === "\n" ? 1 : 0);
    if (base64 !== "" && base64 !== "\\n") least = 16;
  }
  return start;
};

const LONGEST_CUT = 16_384;

/** The private part of a PuTTY key file; an age identity. */
const OTHERS = [
  /(?<=Private-Lines: \d{1,3})(?:(?:\s|\\[nr]){1,4}[A-Za-z0-9+/=]{16,80}){1,200}(?:(?:\s|\\[nr]){1,4}[A-Za-z0-9+/=]{1,15}(?=[\s\\]))?/g,
  /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/g,
];

const others = (text: string): readonly Secret[] =>
  OTHERS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
      rule: "private-key",
    })),
  );
