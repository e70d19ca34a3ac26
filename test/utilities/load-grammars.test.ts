import { describe, expect, it } from "vitest";
import { loadGrammars } from "../../src/utilities/load-grammars.js";

const LINES = [
  "utility: demo",
  "paths: [/usr/bin/demo]",
  "because: shows what a file looks like",
  "options:",
  "  - { long: lines, short: n, value: integer }",
  "  - { long: quiet, short: q }",
  "operands:",
  "  - { name: file, value: workspace-file, many: true, optional: true }",
  'accepts: ["demo", "demo -n 5", "demo --li 5 notes.txt"]',
  'refuses: ["demo -n x", "demo /etc/shadow", "demo -z"]',
];

/** The demo file with one line changed, or one more at its end. */
const changed = (line: number, text: string) => {
  const lines = line > LINES.length ? [...LINES, text] : LINES.map((old, index) => (index === line - 1 ? text : old));
  return [{ file: "demo.yaml", text: lines.join("\n") }];
};

const problems = (sources: Parameters<typeof loadGrammars>[0]) => {
  const loaded = loadGrammars(sources);
  return loaded.ok ? [] : loaded.error.map(({ file, line, message }) => `${file}:${line}: ${message}`);
};

describe("loadGrammars", () => {
  it("loads a file and fills in what it leaves out", () => {
    expect(loadGrammars(changed(1, "utility: demo"))).toEqual({
      ok: true,
      value: {
        utilities: [
          {
            name: "demo",
            runs: "demo",
            paths: ["/usr/bin/demo"],
            syntax: "gnu",
            strictOrder: false,
            terminator: true,
            negatives: false,
            responseFiles: false,
            reads: [],
            scratch: false,
            adds: [],
            options: [
              {
                long: ["lines"],
                short: ["n"],
                values: [{ kind: "integer", min: 0, max: Number.MAX_SAFE_INTEGER, sign: "" }],
                optional: false,
                turns: false,
                joins: false,
              },
              { long: ["quiet"], short: ["q"], values: [], optional: false, turns: false, joins: false },
            ],
            operands: [{ name: "file", value: { kind: "workspace-file" }, optional: true, many: true, unless: [] }],
          },
        ],
        refused: {},
      },
    });
  });

  it.each([
    ["an unknown key", 11, "colour: red", "demo.yaml:11: unknown key `colour`"],
    ["an unknown key of an option", 6, "  - { long: quiet, shrt: q }", "demo.yaml:6: unknown key `shrt`"],
    [
      "an unknown key of a value",
      5,
      "  - { long: lines, short: n, value: { kind: text, max: 5 } }",
      "demo.yaml:5: unknown key `max`",
    ],
    ["an unknown kind", 5, "  - { long: lines, short: n, value: number }", "demo.yaml:5: "],
    ["a file as the value of an option", 5, "  - { long: lines, short: n, value: workspace-file }", "demo.yaml:5: "],
    ["an option without a name", 6, "  - { value: text }", "demo.yaml:6: "],
    [
      "a pattern that is none",
      5,
      "  - { long: lines, value: { kind: shape, is: a, pattern: '(', hint: b } }",
      "demo.yaml:5: ",
    ],
    ["a long name declared twice", 6, "  - { long: lines }", "demo.yaml:6: option `--lines` is declared twice"],
    ["a letter declared twice", 6, "  - { long: quiet, short: n }", "demo.yaml:6: option `-n` is declared twice"],
    ["a relative path", 2, "paths: [demo]", "demo.yaml:2: "],
    ["a reason that is too short", 3, "because: why not", "demo.yaml:3: "],
    ["a missing reason", 3, "", "demo.yaml:1: "],
    [
      "a number option that is not declared",
      11,
      "number: { option: rows, place: first }",
      "demo.yaml:11: no option `--rows` is declared that is allowed",
    ],
    [
      "an option that needs one that is not declared",
      6,
      "  - { long: quiet, needs: rows }",
      "demo.yaml:6: no option `--rows` is declared that is allowed",
    ],
    [
      "an operand that is there with an option that is not declared",
      8,
      "  - { name: file, value: workspace-file, optional: true, when: [rows] }",
      "demo.yaml:8: no option `--rows` is declared that is allowed",
    ],
    ["a key given twice", 11, "utility: other", "demo.yaml:11: Map keys must be unique"],
    ["YAML that is none", 5, "  - { long: lines", "demo.yaml:"],
    [
      "an example that should be accepted",
      9,
      'accepts: ["demo", "demo -n x", "demo -q"]',
      "demo.yaml:9: `demo -n x` should be accepted: `x` for `-n` is not a whole number of at least 0",
    ],
    [
      "an example that should be refused",
      10,
      'refuses: ["demo -n x", "demo -q", "demo -z"]',
      "demo.yaml:10: `demo -q` should be refused and is accepted",
    ],
    [
      "an example of another utility",
      9,
      'accepts: ["demo", "head", "demo -q"]',
      "demo.yaml:9: the example `head` does not call `demo`",
    ],
    [
      "an example with an open quote",
      9,
      'accepts: [demo, "demo \'", demo -q]',
      "demo.yaml:9: the example `demo '` is not one command",
    ],
  ])("refuses %s and names the line", (_, line, text, problem) => {
    const found = problems(changed(line, text));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.slice(0, problem.length)).toBe(problem);
  });

  it("refuses a second name of a utility that is not there, and a flag that it does not have", () => {
    const alias = (runs: string, adds: string) =>
      `utility: edemo\nruns: ${runs}\nadds: [${adds}]\nbecause: is demo under another name\naccepts: [edemo, edemo -q, edemo -n 1]\nrefuses: [edemo -z, edemo -n x, edemo ../x]\n`;
    const both = (text: string) => [...changed(1, "utility: demo"), { file: "edemo.yaml", text }];
    expect(problems(both(alias("demo", "quiet")))).toEqual([]);
    expect(problems(both(alias("other", "quiet")))).toEqual(["edemo.yaml:2: there is no utility `other`"]);
    expect(problems(both(alias("demo", "loud")))).toEqual(["edemo.yaml:3: `demo` has no flag `--loud`"]);
    expect(problems(both(alias("demo", "lines")))).toEqual(["edemo.yaml:3: `demo` has no flag `--lines`"]);
  });

  it("refuses a name that is described twice", () => {
    const refused = {
      file: "refused.yaml",
      text: "because: names that do not run\nrefused:\n  demo: use something else\n",
    };
    expect(problems([...changed(1, "utility: demo"), refused])).toEqual(["refused.yaml:3: `demo` is described twice"]);
  });
});
