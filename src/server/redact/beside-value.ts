import {
  type Found,
  lineBefore,
  type Quote,
  quoted,
  quotedAlike,
  readCell,
  readLastCell,
  readLine,
  readWord,
  type Stretch,
  skip,
} from "./read-value.js";

/** A name that is itself a JSON string's value, and its value in the next field: `"DB_PASSWORD", "value": "…"`. */
export const besideQuoted = (text: string, name: Quote): Found | undefined => {
  const value = quotedAlike(text, skip(JSON_PAIR, text, name.end), name, "beside");
  // CodeBuild: the value is then the name of a parameter or a secret.
  return value !== undefined && skip(KEPT_ELSEWHERE, text, value.end) !== undefined ? undefined : value;
};

const JSON_PAIR =
  /\s{0,64},\s{0,64}(?:(\\{0,64})"[Tt]ype\1"\s{0,8}:\s{0,8}\1"\w{1,32}\1"\s{0,64},\s{0,64})?(\\{0,64})"[A-Za-z]{0,16}[vV]alue\2"\s{0,8}:\s{0,64}/y;
const KEPT_ELSEWHERE =
  /\\{0,64}"\s{0,64},\s{0,64}\\{0,64}"type\\{0,64}"\s{0,8}:\s{0,8}\\{0,64}"(?:PARAMETER_STORE|SECRETS_MANAGER)/y;

/** A name without quotes, and its value in the next field, column or cell. */
export const beside = (text: string, { start, end }: Stretch): Found | undefined => {
  const shorthand = skip(SHORTHAND_PAIR, text, end);
  if (shorthand !== undefined) return { ...readWord(text, shorthand), place: "beside" };
  const before = lineBefore(text, start);
  if (before === undefined) return undefined;
  const pair = YAML_VALUE.test(before) ? skip(YAML_PAIR, text, end) : undefined;
  if (pair !== undefined) return yamlValue(text, pair);
  const tab = ROW.test(before) ? skip(TAB, text, end) : undefined;
  if (tab !== undefined) return lastColumn(text, tab);
  const bar = CELL.test(before) ? skip(BAR, text, end) : undefined;
  return bar === undefined ? undefined : lastCell(text, bar);
};

const SHORTHAND_PAIR = /,[A-Za-z]{0,16}[vV]alue=/y;
const YAML_PAIR = /[ \t]{0,8}\r?\n[ \t]{0,64}(?:[Tt]ype: \w{1,32}\r?\n[ \t]{0,64})?[A-Za-z]{0,16}[vV]alue:[ \t]{1,8}/y;
const TAB = /\t(?:PLAINTEXT\t)?/y;
const BAR = /[ \t]{0,256}\|/y;

/** What may stand before a name: a field's name, in a row of text a label and a path, in a row of a table a path. */
const YAML_VALUE = /: ['"]?[\w./:@-]*$/;
const ROW = /^(?:[A-Z]+\t)?[\w./:@-]*$/;
const CELL = /^\|[|\s]*[\w./:@-]*$/;

const yamlValue = (text: string, at: number): Found =>
  quoted(text, at, "beside") ?? { ...readLine(text, at), place: "beside" };

const lastColumn = (text: string, at: number): Found | undefined => {
  const line = readLine(text, at);
  return text.slice(line.start, line.end).includes("\t") ? undefined : { ...line, place: "beside" };
};

const lastCell = (text: string, at: number): Found | undefined => {
  const cell = readLastCell(text, at);
  return cell === undefined ? undefined : { ...cell, place: "beside" };
};

/** `Type: SecureString` and the value in the next field, column, cell or row. */
export const besideType = (text: string, { start, end }: Stretch): Found | undefined => {
  const pair = skip(YAML_PAIR, text, end);
  if (pair !== undefined) return yamlValue(text, pair);
  const isTable = lineBefore(text, start)?.startsWith("|") === true;
  const row = isTable ? skip(NEXT_ROW, text, end) : undefined;
  if (row !== undefined) return lastCell(text, row);
  const at = skip(isTable ? NEXT_CELL : NEXT_COLUMN, text, end);
  return at === undefined ? undefined : { ...readCell(text, at), place: "beside" };
};

const NEXT_ROW = /[ \t]{0,256}\|{1,4}[ \t]{0,64}\r?\n[| ]{1,16}Value[ \t]{0,256}\|/y;
const NEXT_CELL = /[ \t]{0,256}\|[ \t]{1,256}/y;
const NEXT_COLUMN = /\t/y;
