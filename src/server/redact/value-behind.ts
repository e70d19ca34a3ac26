import { assigned } from "./assigned-value.js";
import { beside, besideQuoted, besideType } from "./beside-value.js";
import {
  type Found,
  type Quote,
  quoteAt,
  quotedAlike,
  quotedHere,
  readWord,
  type Stretch,
  skip,
} from "./read-value.js";
import type { Naming } from "./secret-names.js";

/**
 * The value that belongs to the name at this place, by any of the forms that names and values are written in.
 *
 * @param naming a type is no name of a field: its value stands in the next one
 */
export const valueBehind = (text: string, name: Stretch, { kind }: Naming): Found | undefined => {
  const closing = quoteAt(text, name.end);
  if (closing !== undefined)
    return (kind === "type" ? undefined : behindQuoted(text, closing)) ?? besideQuoted(text, closing);
  if (kind === "type") return besideType(text, name);
  if (API_KEY_OPTION.test(text.slice(Math.max(0, name.start - 2), name.end))) return undefined;
  return assigned(text, name) ?? inMarkup(text, name) ?? behindOption(text, name) ?? beside(text, name);
};

// Of API Gateway; it names a key by its identifier.
const API_KEY_OPTION = /^--api-key$/;

/** `"Password": "…"`, as DynamoDB has it `"Password": {"S": "…"}`, and as `jq --stream` has it `"Password"], "…"`. */
const behindQuoted = (text: string, name: Quote): Found | undefined => {
  const separator = skip(SEPARATOR, text, name.end);
  if (separator !== undefined) return quotedAlike(text, skip(ATTRIBUTE, text, separator) ?? separator, name, "field");
  const value = quotedAlike(text, skip(STREAM, text, name.end), name, "field");
  return value === undefined || skip(STREAM_END, text, value.end) === undefined ? undefined : value;
};

const SEPARATOR = /\s{0,64}(?:=>|=(?!=)|:)\s{0,64}/y;
const STREAM = /\s{0,64}\]\s{0,64},\s{0,64}/y;
const STREAM_END = /\\{0,64}"\s{0,64}\]/y;
const ATTRIBUTE = /\{\s{0,64}(\\{0,64})"S\1"\s{0,8}:\s{0,64}/y;

/** `<password>…</password>` */
const inMarkup = (text: string, { start, end }: Stretch): Found | undefined => {
  if (text[start - 1] !== "<" || text[end] !== ">") return undefined;
  return { ...readWord(text, end + 1), place: "field" };
};

/** `--password …`, `set -gx AWS_SESSION_TOKEN …` */
const behindOption = (text: string, { start, end }: Stretch): Found | undefined => {
  if (!/(?:--|\bset -g?x )$/.test(text.slice(Math.max(0, start - 8), start))) return undefined;
  const at = skip(BLANKS, text, end);
  if (at === undefined) return undefined;
  const word = quotedHere(text, at, "field") ?? { ...readWord(text, at), place: "field" as const };
  // A word of lower-case letters belongs to a sentence about the option.
  return word !== "closed" && /[^a-z]/.test(text.slice(word.start, word.end)) ? word : undefined;
};

const BLANKS = /[ \t]{1,8}(?!-)/y;
