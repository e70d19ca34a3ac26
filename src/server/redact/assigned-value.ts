import { looksRandom } from "./plain-value.js";
import {
  type Found,
  lineBefore,
  quoteAt,
  quotedHere,
  readArgument,
  readAssigned,
  readInside,
  readLine,
  readWord,
  type Stretch,
  skip,
} from "./read-value.js";

/** `PASSWORD=…`, `password = …`, `?token=…&`, `--password=…`, `Password: …`; `arn:…:secret:…` is none of them. */
export const assigned = (text: string, name: Stretch): Found | undefined => {
  const equals = skip(EQUALS, text, name.end);
  const at = equals ?? skip(COLON, text, name.end);
  if (at === undefined) return undefined;
  const before = lineBefore(text, name.start) ?? "…";
  const option = equals === undefined ? undefined : inOption(text, before, at);
  if (option !== undefined) return option;
  const value = quotedHere(text, at, "field");
  if (value !== undefined) return value === "closed" ? undefined : value;
  if (equals === undefined) return FIRST.test(before) ? restOfLine(text, at) : random(text, at);
  if (FIRST.test(before)) return { ...readAssigned(text, at), place: "bare" };
  return text[name.end] === "=" ? { ...readWord(text, at), place: "bare" } : random(text, at);
};

const EQUALS = /[ \t]{0,32}(?:=>(?=[ \t]{0,8}["'])|:=|=(?![=>]))[ \t]{0,64}/y;
const COLON = /[ \t]{0,32}:(?:[ \t]{1,64}|(?=\\{0,64}["']))/y;

/** What may stand on a line before the name of an assignment: a list's dash, an export. */
const FIRST = /^[ \t]*(?:- )*(?:export |set |\$Env:|ENV )?$/;

/** `--password=…`, `'--password=…'` */
const inOption = (text: string, before: string, at: number): Found | undefined => {
  const dashes = /(\\*["'])?--$/.exec(before);
  if (dashes === null) return undefined;
  const around = quoteAt(dashes[1] ?? "", 0);
  if (around !== undefined) return { ...readInside(text, { ...around, end: at }), place: "field" };
  const value = quotedHere(text, at, "field") ?? { ...readArgument(text, at), place: "field" as const };
  return value === "closed" ? undefined : value;
};

// A sentence may begin like a field: `Password: must be longer`.
const restOfLine = (text: string, at: number): Found | undefined => {
  const line = readLine(text, at);
  const value = text.slice(line.start, line.end);
  if (/^[|>][-+]?$/.test(value)) return undefined;
  const [first = ""] = value.split(/\s/, 1);
  return first === value || looksRandom(first, 6) ? { ...line, place: "bare" } : undefined;
};

const random = (text: string, at: number): Found | undefined => {
  const { start, end } = readWord(text, at);
  const value = text.slice(start, end).replace(/[.:!?]+$/, "");
  return looksRandom(value, 6) ? { start, end: start + value.length, place: "bare" } : undefined;
};
