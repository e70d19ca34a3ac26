import { type AwkProblem, readsFile, runsCommand } from "./awk-problem.js";

/**
 * The names that reach beyond the program and its input, refused wherever they stand: as variables, functions, parameters or calls.
 *
 * `ENVIRON` is the environment, and `PROCINFO` tells of the process; `SYMTAB` gives every variable by its name, `ENVIRON` too, and
 * `FUNCTAB` every function. `ARGV` and `ARGC` are the files that are read next. Translated texts come from catalogues on the disk.
 */
export const refuseAwkName = (name: string, offset: number): AwkProblem | undefined =>
  REFUSED.get(name)?.(name, offset);

type Refuse = (name: string, offset: number) => AwkProblem;

const readsEnvironment =
  (hint: string): Refuse =>
  (name, offset) => ({
    code: "awk-reads-environment",
    message: `\`${name}\` in an awk program reads the environment`,
    hint,
    offset,
  });

const changesArguments: Refuse = (name, offset) => ({
  code: "awk-changes-arguments",
  message: `\`${name}\` in an awk program names the files that are read`,
  hint: "name the files after the program, and pass values with `-v name=value`",
  offset,
});

const translates: Refuse = (name, offset) =>
  readsFile(name, "write the text itself: nothing is translated here", offset);

const system: Refuse = (name, offset) =>
  runsCommand(name, "print the text instead; `fflush()` writes out what was printed so far", offset);

const ENVIRONMENT = readsEnvironment("pass the value with `-v name=value` and use `name`");
const ORDER = readsEnvironment("to visit an array in order, use `n = asorti(array, keys)`, or pipe into `sort`");
const TABLE = readsEnvironment("name the variable or the function itself");

const REFUSED: ReadonlyMap<string, Refuse> = new Map([
  ["ENVIRON", ENVIRONMENT],
  ["PROCINFO", ORDER],
  ["SYMTAB", TABLE],
  ["FUNCTAB", TABLE],
  ["ARGV", changesArguments],
  ["ARGC", changesArguments],
  ["TEXTDOMAIN", translates],
  ["bindtextdomain", translates],
  ["dcgettext", translates],
  ["dcngettext", translates],
  ["system", system],
]);
