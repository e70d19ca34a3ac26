import { bytesOfCharacter, escapeUnseen } from "./audit-line.js";
import type { JsonValue } from "./audit-log.js";

/** Bytes that the word for what was left out takes, about; a text is not cut for less. */
const WORD = 32;

/** Bytes that a value has in a line: as JSON, escaped as the line has it. */
export const bytesOf = (value: JsonValue): number => Buffer.byteLength(escapeUnseen(JSON.stringify(value)));

/** A text of about so many bytes of JSON: its beginning and its end, and in between how many characters were left out. */
export const fitText = (text: string, most: number): string => {
  if (isWithin(text, most + WORD)) return text;
  const head = beginning(text, (most * 3) / 4);
  const tail = ending(text.slice(head.length), most / 4);
  return `${head}${leftOut(text.length - head.length - tail.length, "characters")}${tail}`;
};

export const leftOut = (count: number, what: string): string => `…[${count} ${what} left out]…`;

// A character takes a byte at least.
const isWithin = (text: string, most: number): boolean => text.length <= most && bytesOf(text) - 2 <= most;

const beginning = (text: string, most: number): string => {
  let [bytes, end] = [0, 0];
  for (const character of whole(text.slice(0, most))) {
    bytes += bytesOfCharacter(character);
    if (bytes > most) break;
    end += character.length;
  }
  return text.slice(0, end);
};

const ending = (text: string, most: number): string => {
  let [bytes, start] = [0, text.length];
  for (const character of Array.from(whole(text.slice(Math.max(0, text.length - most)))).toReversed()) {
    bytes += bytesOfCharacter(character);
    if (bytes > most) break;
    start -= character.length;
  }
  return text.slice(start);
};

/** Without the half of a surrogate pair that cutting has left at an end. */
const whole = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
