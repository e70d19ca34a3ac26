import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exampleWords } from "../../src/utilities/example-words.js";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { grammars } from "./grammar-files.js";

type Attack = { readonly id: string; readonly class: string; readonly command: string; readonly expect: string };

const PREFIX = "aws s3 ls | ";
const attacks = readFileSync(new URL("../../security/attacks/utilities.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  // The file is ours, and each of its lines is compared with this shape below.
  .map((line) => JSON.parse(line) as Attack);

describe("security/attacks/utilities.jsonl", () => {
  it("numbers its lines and gives each a class, a command and a verdict", () => {
    const shape = { class: expect.any(String), command: expect.stringContaining(PREFIX), expect: "deny" };
    expect(attacks).toEqual(
      attacks.map((_, index) => ({ id: `util-${String(index + 1).padStart(3, "0")}`, ...shape })),
    );
  });

  it("calls every utility that runs, and at least a hundred that do not", () => {
    const names = new Set(attacks.map(({ command }) => exampleWords(command.slice(PREFIX.length))?.[0] ?? ""));
    const running = [...grammars.utilities.keys()];
    // echo can only print; there is no call of it that text could spell and that would be refused.
    expect(running.filter((name) => !names.has(name))).toEqual(["echo"]);
    expect(names.size - running.length).toBeGreaterThanOrEqual(100);
    expect(attacks.filter(({ command }) => exampleWords(command.slice(PREFIX.length)) === undefined).length).toBe(6);
  });

  it("is refused with codes that are stable", () => {
    const codes = attacks.map(({ command }) => {
      const matched = matchUtility(grammars, exampleWords(command.slice(PREFIX.length)) ?? [], "/workspace");
      return matched.ok ? "" : matched.error.code;
    });
    expect([...new Set(codes)].filter((code) => !/^(jq|sed|awk)-/.test(code)).sort()).toEqual([
      "ambiguous-option",
      "bad-file-name",
      "bad-operand",
      "bad-value",
      "bundled-option",
      "extra-operand",
      "file-outside-workspace",
      "misplaced-number",
      "misplaced-terminator",
      "missing-operand",
      "missing-value",
      "obsolete-operand",
      "refused-option",
      "repeated-option",
      "reserved-folder",
      "response-file",
      "unclear-option",
      "unexpected-value",
      "unknown-option",
      "unknown-utility",
    ]);
  });

  it.each(attacks.map(({ id, class: kind, command }) => [id, kind, command] as const))(
    "%s %s: %s",
    (_id, _kind, command) => {
      // What is a builtin in a shell alone is refused by the language, with a way that works here.
      const words = exampleWords(command.slice(PREFIX.length));
      expect(words !== undefined && matchUtility(grammars, words, "/workspace").ok).toBe(false);
    },
  );
});
