import { describe, expect, it } from "vitest";
import { exampleWords } from "../../src/utilities/example-words.js";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { grammars } from "./grammar-files.js";

const match = (command: string) => matchUtility(grammars, exampleWords(command) ?? [], "/ws");

const canonical = (command: string): readonly string[] => {
  const matched = match(command);
  return matched.ok ? matched.value.argv.slice(1) : [matched.error.code];
};

const files = (command: string) => {
  const matched = match(command);
  return matched.ok ? matched.value.files : matched.error;
};

describe("readPredicates", () => {
  it.each([
    ["find", ["."]],
    ["find -name x", [".", "-name", "x"]],
    ["find . -name '*.json' -size +1k", [".", "-name", "*.json", "-size", "+1k"]],
    ["find sub -type f -mtime -7 -printf '%p %s\\n'", ["sub", "-type", "f", "-mtime", "-7", "-printf", "%p %s\\n"]],
    ["find . \\( -name a -o -name b \\) -print", [".", "(", "-name", "a", "-or", "-name", "b", ")", "-print"]],
    ["find a ! -empty , -true", ["a", "!", "-empty", ",", "-true"]],
    ["find a -not -name b -and -true -or -false", ["a", "-not", "-name", "b", "-and", "-true", "-or", "-false"]],
    ["find a -true -a -false -o -true", ["a", "-true", "-and", "-false", "-or", "-true"]],
    ["find -wholename 'a/*' -mount", [".", "-path", "a/*", "-xdev"]],
    ["find -P a", ["-P", "a"]],
    ["find -P -P -- a -ls", ["-P", "-P", "a", "-ls"]],
    ["find -- -print", [".", "-print"]],
    ["find ./a b /ws/c /ws ./", ["./a", "b", "c", ".", "."]],
    ["find '(a' '!b' - ')' , -print", ["./(a", "./!b", "./-", "./)", "./,", "-print"]],
    ["find a '!' -name b", ["a", "!", "-name", "b"]],
    ["find a '(' -name b ')'", ["a", "(", "-name", "b", ")"]],
    ["find a -name -delete", ["a", "-name", "-delete"]],
    ["find a -path -exec -o -iname '('", ["a", "-path", "-exec", "-or", "-iname", "("]],
    ["find --version", [".", "-version"]],
    ["find a --help", ["a", "-help"]],
  ])("writes %s in the order in which it was written", (command, argv) => {
    expect(canonical(command)).toEqual(argv);
  });

  it("gives the folders, `.` too where none is named", () => {
    expect(files("find -print")).toEqual([{ argument: 1, path: "/ws", how: "folder" }]);
    expect(files("find -P ./a /ws/b/c -print")).toEqual([
      { argument: 2, path: "/ws/a", how: "folder" },
      { argument: 3, path: "/ws/b/c", how: "folder" },
    ]);
  });

  it.each([
    [
      "find . -exec rm '{}' +",
      {
        code: "refused-option",
        argument: 2,
        message: "`-exec` of `find` is not allowed: it runs a program",
        hint: "list the files with `find`, then name them in a second call; `-printf '%p %s\\n'` shows size and time",
      },
    ],
    [
      "find . -name x -delete",
      {
        code: "refused-option",
        argument: 4,
        message: "`-delete` of `find` is not allowed: it removes files",
        hint: "leave `-delete` out",
      },
    ],
    [
      "find -L .",
      {
        code: "refused-option",
        argument: 1,
        message: "option `-L` of `find` is not allowed: it follows links out of the workspace",
        hint: "leave the option out",
      },
    ],
    [
      "find -O3 .",
      {
        code: "refused-option",
        argument: 1,
        message: "option `-O` of `find` is not allowed: it changes the order of the tests",
        hint: "leave it out: the result is the same",
      },
    ],
    [
      "find . -L",
      {
        code: "unknown-option",
        argument: 2,
        message: "`-L` of `find` stands before the files only",
        hint: "leave `-L` out",
      },
    ],
    [
      "find . -nam x",
      {
        code: "unknown-option",
        argument: 2,
        message: "`find` knows no `-nam`",
        hint: "did you mean `-name`?",
      },
    ],
    [
      "find . --name x",
      {
        code: "unknown-option",
        argument: 2,
        message: "`find` knows no `--name`",
        hint: "did you mean `-name` or `-iname` or `-lname`?",
      },
    ],
    [
      "find . -name a.txt b.txt",
      {
        code: "extra-operand",
        argument: 4,
        message: "`b.txt` stands behind the expression of `find`, where no file can",
        hint: "write files first, and put patterns into quotes",
      },
    ],
    [
      "find . -name",
      {
        code: "missing-value",
        argument: 2,
        message: "`-name` of `find` needs a value",
        hint: "write the value after `-name`",
      },
    ],
    [
      "find . -size 1T",
      {
        code: "bad-value",
        argument: 3,
        message: "`1T` for `-size` is not a size",
        hint: "write `+10k` for more than 10 KiB, `-1M`, or bytes as `100c`",
      },
    ],
    [
      "find sub /etc -name x",
      {
        code: "file-outside-workspace",
        argument: 2,
        message: "the file `/etc` lies outside the workspace",
        hint: "name a file inside the workspace, such as `notes.txt`, or leave the name out to read the pipe",
      },
    ],
  ])("refuses %s and says what to write", (command, refusal) => {
    expect(files(command)).toEqual(refusal);
  });
});
