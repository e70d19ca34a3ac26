import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onlyPipeline } from "../../src/language/only-pipeline.js";
import { parse } from "../../src/language/parse.js";
import { type Streams, streamsOf } from "../../src/plan/streams.js";
import { runShell, type Shell } from "./run-shell.js";

const PORTABLE = [
  ...["2>&1", "1>&2", ">&2", ">&1", "2>&2", ">/dev/null", "1>/dev/null", "2>/dev/null", ">>/dev/null", "2>>/dev/null"],
  ...[
    ">|/dev/null",
    "2>|/dev/null",
    "</dev/null",
    "0</dev/null",
    "2>& '1'",
    '>& "2"',
    "> '/dev/null'",
    "2> /dev/nul\\l",
  ],
  ...[
    '2>"/dev/\\\nnull"',
    "2>\\\n&1",
    "1\\\n> \\\n /dev/null",
    "<''/dev/null",
    "2>&1''",
    ">&2 >/dev/null",
    ">/dev/null>&2",
  ],
];

const BASH = [
  ...PORTABLE,
  "&>/dev/null",
  ">&/dev/null",
  "&>>/dev/null",
  "&> '/dev/null'",
  ">& /dev/null",
  "&\\\n>/dev/null",
];

/** The command says what it reads, and writes to both of its streams; a pipe with `&` is `|&`. */
const PROLOGUE = `probe() { if read -r line; then printf 'i'; else printf 'n'; fi >&3; printf 'o'; printf 'e' >&2; }
exec 3>input`;

/** What the command of a text does, by its effects on the shell's streams. */
const observed = (shell: Shell, texts: readonly string[]): string[] => {
  const lines = texts.map(
    (text) => `printf 'd\\n' | { ${text}\n} 2>errors >output
/bin/cat input output; printf ' '; /bin/cat errors; printf '\\n'; exec 3>input`,
  );
  return runShell(shell, [PROLOGUE, ...lines])
    .split("\n")
    .slice(0, -1);
};

/** The same by the tree. */
const expected = (text: string): string | undefined => {
  const parsed = parse(text);
  const pipeline = parsed.ok ? onlyPipeline(parsed.value) : undefined;
  if (pipeline === undefined) return undefined;
  const streams = streamsOf(pipeline.commands[0].redirections);
  const arrives = (at: "output" | "errors"): string =>
    `${streams.stdout === at ? "o" : ""}${streams.stderr === at ? "e" : ""}`;
  return `${readsInput(streams)}${arrives("output")} ${arrives("errors")}`;
};

const readsInput = ({ stdin }: Streams): string => (stdin === "pipe" ? "i" : "n");

const commands = (redirections: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...redirections), { maxLength: 1 }),
      fc.array(fc.constantFrom(...redirections), { minLength: 1, maxLength: 4 }),
      fc.constantFrom("", " | /bin/cat", " |& /bin/cat"),
    )
    .map(([before, after, end]) => [...before, "probe", ...after].join(" ") + end);

const compare = (shell: Shell, texts: readonly string[]): void => {
  const theirs = observed(shell, texts);
  const compared = texts.map((text, index) => ({ text, ours: expected(text), theirs: theirs[index] }));
  expect(compared.filter(({ ours, theirs }) => ours !== theirs)).toEqual([]);
};

describe("lexRedirection", () => {
  it("gives redirections that lead where they lead in dash, for 400 commands", () => {
    const texts = fc.sample(commands(PORTABLE), 400).filter((text) => !text.includes("|&"));
    compare("/bin/dash", texts);
  });

  it("gives redirections that lead where they lead in bash, for 400 commands", () => {
    compare("/bin/bash", fc.sample(commands(BASH), 400));
  });
});
