import { hash } from "node:crypto";
import type { AuditRecord, JsonValue } from "./audit-log.js";
import { fitCommand } from "./fit-command.js";
import { bytesOf, fitText, leftOut } from "./fit-text.js";

/** Bytes of a text that are kept at first, and when nothing else helps. */
const MOST = 8192;
const LEAST = 32;

/** Bytes of a text for each item of a list: both get shorter together. */
const PER_ITEM = 8;

/** Who asked, and what was said of it: never left out, and cut only where it is longer than any such member is. */
const KEPT = ["event", "id", "request", "principal", "access", "kind", "verdict", "rule", "status", "code"];
const LONGEST_KEPT = 640;

/** Lists of argument vectors: none of these is left out. */
const COMMANDS = ["canonical", "completed"] as const;

/** What was asked; the digest is of these. */
const ASKED = ["asked", ...COMMANDS] as const;

type Parts = readonly [AuditRecord, ...AuditRecord[]];

/**
 * The record in lines of at most so many bytes of JSON, nearly always one. What does not fit is cut: texts and lists keep
 * their beginning and their end, and say in between how much was left out; effects are named once each; of every command
 * stays what it does. `digest` is then the SHA-256 of `asked`, `canonical` and `completed` before that, as a list in JSON.
 *
 * Commands that one line has no room for follow in others: the first says how many `parts` there are, the next ones have its
 * `id` and their number.
 *
 * @param most bytes
 */
export const fitRecord = (record: AuditRecord, most: number): Parts => {
  if (bytesOf(record) <= most) return [record];
  const digest = ASKED.some((name) => Object.hasOwn(record, name))
    ? { digest: hash("sha256", JSON.stringify(ASKED.map((name) => record[name] ?? null))) }
    : {};
  for (let length = MOST; length >= LEAST; length /= 2) {
    if (length > most) continue;
    const fitted = { ...fitMembers(record, length, length), ...digest };
    if (bytesOf(fitted) <= most) return [fitted];
  }
  return inParts({ ...fitMembers(record, LEAST, 0), ...digest }, most);
};

/** @param words bytes of a word of a command; 0 for those alone that say what it does */
const fitMembers = (record: AuditRecord, length: number, words: number): AuditRecord =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      if (KEPT.includes(name)) return [name, fitValue(value, Math.max(length, LONGEST_KEPT))];
      if (name === "effects" && isList(value)) return [name, fitValue([...new Set(value)], length * PER_ITEM)];
      return [name, isCommands(name, value) ? value.map((argv) => fitCommand(argv, words)) : fitValue(value, length)];
    }),
  );

const isCommands = (name: string, value: JsonValue): value is readonly (readonly JsonValue[])[] =>
  COMMANDS.some((each) => each === name) && isList(value) && value.every(isList);

const fitValue = (value: JsonValue, length: number): JsonValue => {
  if (typeof value === "string") return fitText(value, length);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return fitList(value, length / PER_ITEM).map((item) => fitValue(item, length));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fitValue(member, length)]));
};

// Array.isArray does not tell lists that can only be read from the rest.
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const fitList = (list: readonly JsonValue[], length: number): readonly JsonValue[] => {
  if (list.length <= length + 1) return list;
  const tail = Math.floor(length / 4);
  const head = length - tail;
  return [...list.slice(0, head), leftOut(list.length - length, "items"), ...list.slice(list.length - tail)];
};

/** Bytes for the members that tell parts from one another, and for the names of lists. */
const PART = 128;

const inParts = (record: AuditRecord, most: number): Parts => {
  const commands = COMMANDS.flatMap((name) => {
    const value = record[name];
    return value !== undefined && isCommands(name, value) ? value.map((argv) => ({ name, argv })) : [];
  });
  const first = withoutTooMuch(
    Object.fromEntries(Object.entries(record).filter(([name, value]) => !isCommands(name, value))),
    most - PART,
  );
  const { id = "" } = first;
  const filled: Record<string, JsonValue[]>[] = [Object.hasOwn(record, "canonical") ? { canonical: [] } : {}];
  let room = most - PART - bytesOf(first);
  for (const { name, argv } of commands) {
    const bytes = bytesOf(argv) + 1;
    if (bytes > room) {
      filled.push({});
      room = most - PART - bytesOf({ event: "call-part", id });
    }
    room -= bytes;
    const part = filled.at(-1) ?? {};
    part[name] = [...(part[name] ?? []), argv];
  }
  const [own = {}, ...rest] = filled;
  return [
    { ...first, ...own, ...(rest.length === 0 ? {} : { parts: filled.length }) },
    ...rest.map((part, at) => ({ event: "call-part", id, part: at + 2, ...part })),
  ];
};

/** A record of more members than any of ours keeps those that matter, if it has them. */
const withoutTooMuch = (record: AuditRecord, most: number): AuditRecord => {
  if (bytesOf(record) <= most) return record;
  const kept = Object.entries(record).filter(([name]) => KEPT.includes(name) || name === "digest");
  const cut = leftOut(Object.keys(record).length - kept.length, "members");
  const fitted = { ...Object.fromEntries(kept), cut };
  if (bytesOf(fitted) <= most) return fitted;
  const texts = Object.entries(fitted).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(texts.map(([name = "", value = ""]) => [name, fitText(value, LEAST)]));
};
