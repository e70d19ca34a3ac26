import { escapeUnseen } from "./audit-line.js";
import type { AuditRecord, JsonValue } from "./audit-log.js";

/** Characters of a text that are kept at first, and when nothing else helps. */
const MOST = 8192;
const LEAST = 32;

/** Characters of a text for each item of a list: both get shorter together. */
const PER_ITEM = 8;

/**
 * The record in at most so many bytes of JSON. Texts and lists that are too long keep their beginning and their end, and
 * say in between how much was left out. A record of so many members that this does not help becomes that word alone.
 *
 * @param most bytes
 */
export const fitRecord = (record: AuditRecord, most: number): AuditRecord => {
  for (let length = MOST; length >= LEAST; length /= 2) {
    const fitted = Object.fromEntries(Object.entries(record).map(([name, value]) => [name, fitValue(value, length)]));
    if (bytesOf(fitted) <= most) return fitted;
  }
  return { cut: leftOut(Object.keys(record).length, "members") };
};

const bytesOf = (record: AuditRecord): number => Buffer.byteLength(escapeUnseen(JSON.stringify(record)));

const fitValue = (value: JsonValue, length: number): JsonValue => {
  if (typeof value === "string") return fitText(value, length);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return fitList(value, length / PER_ITEM).map((item) => fitValue(item, length));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fitValue(member, length)]));
};

// Array.isArray does not tell lists that can only be read from the rest.
const isList = (value: JsonValue & object): value is readonly JsonValue[] => Array.isArray(value);

const fitText = (text: string, length: number): string => {
  // The word for what is left out is about as long as that.
  if (text.length <= length + LEAST) return text;
  const head = whole(text.slice(0, (length * 3) / 4));
  const tail = whole(text.slice(text.length - length / 4));
  return `${head}${leftOut(text.length - head.length - tail.length, "characters")}${tail}`;
};

/** Without the half of a surrogate pair that cutting has left at an end. */
const whole = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");

const fitList = (list: readonly JsonValue[], length: number): readonly JsonValue[] => {
  if (list.length <= length + 1) return list;
  const tail = Math.floor(length / 4);
  const head = length - tail;
  return [...list.slice(0, head), leftOut(list.length - length, "items"), ...list.slice(list.length - tail)];
};

const leftOut = (count: number, what: string): string => `…[${count} ${what} left out]…`;
