import { describe, expect, it } from "vitest";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { grammars } from "./grammar-files.js";

const read = (command: string) => {
  const matched = matchUtility(grammars, command.split(" "), "/ws");
  return matched.ok ? matched.value.argv : matched.error;
};

describe("readDash", () => {
  it.each([
    ["xxd", ["xxd"]],
    ["xxd -p", ["xxd", "-p"]],
    ["xxd -ps", ["xxd", "-p"]],
    ["xxd --plain -", ["xxd", "-p", "--", "-"]],
    ["xxd -rev -postscript notes.hex", ["xxd", "-r", "-p", "--", "/ws/notes.hex"]],
    ["xxd -c16 -g 1", ["xxd", "-c", "16", "-g", "1"]],
    ["xxd -cols 16 --groupsize 1", ["xxd", "-c", "16", "-g", "1"]],
    ["xxd -s -16 -l0x10", ["xxd", "-s", "-16", "-l", "0x10"]],
    ["xxd -skip +5 -o-3", ["xxd", "-s", "+5", "-o", "-3"]],
    ["xxd -n -i", "bad-value"],
    ["xxd -i -nname", ["xxd", "-i", "-n", "name"]],
    ["xxd -capitalize -C", ["xxd", "-C", "-C"]],
    ["xxd -p -- -p", ["xxd", "-p", "--", "/ws/-p"]],
  ])("reads %s", (command, wanted) => {
    const found = read(command);
    expect("code" in found ? found.code : found).toEqual(wanted);
  });

  it.each([
    [
      "xxd -rp",
      {
        code: "bundled-option",
        argument: 1,
        message: "`xxd` reads only the first letter of `-rp`",
        hint: "write `-r -p`",
      },
    ],
    [
      "xxd -u -ax",
      {
        code: "bundled-option",
        argument: 2,
        message: "`xxd` reads only the first letter of `-ax`",
        hint: "write `-a`",
      },
    ],
    [
      "xxd -cols16",
      {
        code: "unclear-option",
        argument: 1,
        message: "`xxd` does not read `-cols16` as a full name, nor as a letter with its value",
        hint: "write `-c` and its value as two words",
      },
    ],
    [
      "xxd -col 16",
      {
        code: "unclear-option",
        argument: 1,
        message: "`xxd` does not read `-col` as a full name, nor as a letter with its value",
        hint: "write `-c` and its value as two words",
      },
    ],
    [
      "xxd --seek",
      {
        code: "missing-value",
        argument: 1,
        message: "option `--seek` of `xxd` needs a value",
        hint: "write the value after `--seek`",
      },
    ],
    [
      "xxd -Ralways",
      {
        code: "refused-option",
        argument: 1,
        message: "option `-R` of `xxd` is not allowed: it colours its output and is unknown to older versions",
        hint: "leave the option out",
      },
    ],
    [
      "xxd notes.bin -p",
      {
        code: "extra-operand",
        argument: 2,
        message: "`xxd` takes no further operand, so `-p` is one too many",
        hint: "options go before the file, and the output is the answer: `xxd` would write its second operand",
      },
    ],
  ])("says why it refuses %s", (command, problem) => expect(read(command)).toEqual(problem));
});
