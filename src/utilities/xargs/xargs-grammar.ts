import { indexGrammars } from "../index-grammars.js";
import type { PlainKind, Utility, UtilityGrammar, UtilityOption } from "../utility-grammar.js";

const bare: UtilityOption = { long: [], short: [], values: [], optional: false, turns: false, joins: false };

const option = (short: string, long?: string, ...values: readonly PlainKind[]): UtilityOption => ({
  ...bare,
  short: [short],
  long: long === undefined ? [] : [long],
  values,
});

const text: PlainKind = { kind: "text" };

/** A number as GNU bounds `-P` (xargs.c, `MAX_PROC_MAX`). */
const from = (min: number): PlainKind => ({ kind: "integer", min, max: 2 ** 31 - 1, sign: "" });

const refused = (known: UtilityOption, refuse: string, hint: string): UtilityOption => ({ ...known, refuse, hint });

const ONE_BY_ONE = "`xargs -n 1 aws s3api get-bucket-location --bucket`";
const MANY = "`xargs -n 100 aws ec2 describe-instances --instance-ids`";

const END = "ends the input at a word that stands in it";
const CUT = "cut the input before it: `sed '/^END$/,$d' notes.txt | xargs -n 1 echo`";
const ABOUT = "tells about a program that does not run here, since `xargs` is a part of this server";

/** Every option of GNU findutils 4.9 (xargs.c, `longopts`), so that an abbreviation means here what it means there. */
const options: readonly UtilityOption[] = [
  option("0", "null"),
  option("d", "delimiter", text),
  option("I", undefined, text),
  { ...option("i", "replace", text), optional: true },
  option("L", undefined, from(1)),
  { ...option("l", "max-lines", from(1)), optional: true },
  option("n", "max-args", from(1)),
  option("P", "max-procs", from(0)),
  option("r", "no-run-if-empty"),
  option("t", "verbose"),
  refused(
    option("a", "arg-file", text),
    "reads the items from a file",
    "put the file before it: `cat notes.txt | xargs -n 1 echo`",
  ),
  refused(option("E", undefined, text), END, CUT),
  refused({ ...option("e", "eof", text), optional: true }, END, CUT),
  refused(option("s", "max-chars", text), "counts the characters of a command", `count its items: ${MANY}`),
  refused(
    option("x", "exit"),
    "says what becomes of a command that is too long, and here the whole input is refused then",
    `leave it out and count the items: ${MANY}`,
  ),
  refused(
    option("p", "interactive"),
    "asks at a terminal, and there is none",
    "leave it out; with `xargs -t` each command is told on the error stream",
  ),
  refused(option("o", "open-tty"), "gives the command a terminal, and there is none", `leave it out: ${ONE_BY_ONE}`),
  refused(
    { ...bare, long: ["process-slot-var"], values: [text] },
    "changes the environment of the command",
    "leave it out: `xargs -P 4 -n 1 aws s3api get-bucket-location --bucket`",
  ),
  refused({ ...bare, long: ["show-limits"] }, ABOUT, `leave it out: ${ONE_BY_ONE}`),
  refused({ ...bare, long: ["help"] }, ABOUT, `its options are -0 -d -I -L -n -P -r -t, as in ${ONE_BY_ONE}`),
  refused({ ...bare, long: ["version"] }, ABOUT, `leave it out: ${ONE_BY_ONE}`),
];

const grammar: UtilityGrammar = {
  name: "xargs",
  runs: "xargs",
  // Nobody looks there: it is never started.
  paths: ["/usr/bin/xargs"],
  syntax: "gnu",
  strictOrder: true,
  terminator: true,
  negatives: false,
  responseFiles: false,
  reads: [],
  adds: [],
  scratch: false,
  options,
  operands: [],
};

const indexed = indexGrammars({ utilities: [grammar], refused: {} }).utilities.get(grammar.name);
if (indexed === undefined) throw new Error("the grammar of xargs is not in its own table");

/** The options of xargs. They have no file in `grammar/utilities`, which describes programs that run. */
export const XARGS: Utility = indexed;
