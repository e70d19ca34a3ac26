import type { HostForm, Mark, OptionTable, Scalar, ValueType } from "./service-table.js";

/** What the options of one file share: the lines above its commands. */
export type Shared = {
  readonly values: (key: string) => readonly string[];
  readonly nested: (key: string) => ReadonlyMap<string, Mark>;
  /** The API member of an option that does not name it; nothing for the CLI's own commands. */
  readonly member: (option: string) => string | undefined;
};

// option = word ":" type ["!"] ["-"] ["+"] ["#" words] ["~" twin] ["=" [member]] ["@" letter] ["^" host] ["&" key] ["{" key "}"] ["|" values]
const OPTION =
  /^([^:]+):(\[*)([a-z])(!?)(-?)(\+?)(?:#([?*+]|\d+))?(?:~([^=@^&{|]+))?(?:(=)([^@^&{|]*))?(?:@([a-z]))?(?:\^([a-z-]+))?(?:&([\w.]+))?(?:\{([\w.]+)\})?(?:\|(.*))?$/;

const TYPES: Readonly<Record<string, Scalar | "flag">> = {
  s: "string",
  i: "integer",
  l: "long",
  f: "float",
  v: "boolean",
  t: "timestamp",
  y: "blob",
  m: "structure",
  k: "map",
  q: "flag",
  b: "flag",
};

const MARKS: Readonly<Record<string, Mark>> = {
  r: "role",
  u: "url",
  a: "account",
  y: "blob",
  i: "reads-file",
  o: "writes-file",
  d: "folder",
  h: "arn-host",
};

const HOSTS: readonly string[] = [
  "label",
  "labels",
  "account",
  "arn",
  "arn-keys",
  "bucket",
  "url",
] satisfies readonly HostForm[];

const NOTHING: ReadonlyMap<string, Mark> = new Map();

/** One option as its token has it, with its twin behind it where it has one. Throws where the token is not of the grammar. */
export const parseOption = (token: string, shared: Shared): readonly [OptionTable, ...OptionTable[]] => {
  const found = OPTION.exec(token);
  if (found === null) throw new Error(`\`${token}\` is no option of the catalogue`);
  const [, name = "", lists = "", letter = "", must, hidden, appends, words, twin, named, member] = found;
  const [mark, host, known, nested, choices] = found.slice(11);
  const option: OptionTable = {
    name,
    type: typeOf(lists.length, letter),
    words: wordsOf(words, lists.length, letter),
    required: must === "!",
    hidden: hidden === "-",
    appends: appends === "+",
    twin: twin ?? (letter === "b" ? `no-${name}` : undefined),
    member: named === undefined ? shared.member(name) : member || undefined,
    choices: choices === undefined ? undefined : splitValues(choices),
    known: known === undefined ? undefined : shared.values(known),
    mark: mark === undefined ? undefined : markOf(mark),
    host: host === undefined ? undefined : hostOf(host),
    nested: nested === undefined ? NOTHING : shared.nested(nested),
  };
  if (option.twin === undefined) return [option];
  return [option, { ...option, name: option.twin, type: { kind: "flag" }, words: 0, twin: name }];
};

/** `a|b%20c` as values. */
export const splitValues = (text: string): readonly string[] => {
  const values = text.split("|");
  return text.includes("%") ? values.map(decodeURIComponent) : values;
};

/** The mark that a letter stands for. */
export const markOf = (letter: string): Mark => {
  const mark = MARKS[letter];
  if (mark === undefined) throw new Error(`\`${letter}\` is no mark of the catalogue`);
  return mark;
};

const hostOf = (host: string): HostForm => {
  if (!HOSTS.includes(host)) throw new Error(`\`${host}\` is no host form of the catalogue`);
  // HOSTS holds the variants of HostForm and nothing else.
  return host as HostForm;
};

const typeOf = (lists: number, letter: string): ValueType => {
  if (lists > 0) return { kind: "list", element: typeOf(lists - 1, letter) };
  const kind = TYPES[letter];
  if (kind === undefined) throw new Error(`\`${letter}\` is no type of the catalogue`);
  return { kind };
};

const wordsOf = (words: string | undefined, lists: number, letter: string): OptionTable["words"] => {
  if (words === "?" || words === "*" || words === "+") return words;
  if (words !== undefined) return Number(words);
  if (lists > 0) return "*";
  return letter === "q" || letter === "b" ? 0 : 1;
};
