import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";

/** One sample for each code. Codes are part of the surface: none is renamed, and none is used for something else. */
const SAMPLES: readonly (readonly [code: string, sample: string])[] = [
  ["and-list", "a && b"],
  ["arithmetic", "head -n $((1 + 2))"],
  ["assignment", "AWS_PROFILE=dev aws s3 ls"],
  ["background", "a &"],
  ["backtick", "echo `id`"],
  ["bidirectional-control", "echo a\u202eb"],
  ["carriage-return", "aws s3 ls\r\n"],
  ["command-substitution", "echo $(id)"],
  ["control-character", "echo \u0007"],
  ["dollar", "echo $é"],
  ["dollar-bracket", "echo $[1]"],
  ["dollar-double-quote", 'echo $"a"'],
  ["dollar-single-quote", "echo $'a'"],
  ["double-semicolon", "a ;; b"],
  ["empty-stage", "a | | b"],
  ["empty-text", " # nothing"],
  ["here-document", "cat << EOF"],
  ["here-string", "cat <<< a"],
  ["leading-pipe", "| a"],
  ["line-separator", "echo a\u2028b"],
  ["lone-surrogate", "echo \ud83d"],
  ["nul-character", "echo \0"],
  ["or-list", "a || b"],
  ["parenthesis", "(a)"],
  ["pipe-stderr", "a |& b"],
  ["process-substitution", "diff <(a) <(b)"],
  ["redirect-input", "sort < a"],
  ["redirect-null", "a 2>/dev/null"],
  ["redirect-output", "a > b"],
  ["redirect-stderr", "a 2>&1"],
  ["reserved-word", "for a in b"],
  ["semicolon", "a; b"],
  ["several-commands", "a\nb"],
  ["text-too-long", "a".repeat(1_048_577)],
  ["too-many-stages", `a${"|a".repeat(32)}`],
  ["trailing-backslash", "a \\"],
  ["trailing-pipe", "a |"],
  ["unclosed-double-quote", 'echo "a'],
  ["unclosed-single-quote", "echo 'a"],
  ["variable", "echo $HOME"],
];

/** Every way to get a hint, since some codes have several. */
const MORE_SAMPLES = ["a\n| b", "! a", "time a", "a > /dev/null", "a < /dev/null", "a ;& b", "a )", "a >&2", "a <<- b"];

const problemOf = (text: string) => {
  const parsed = parse(text);
  if (parsed.ok) throw new Error(`${text} is accepted`);
  return parsed.error;
};

const problems = [...SAMPLES.map(([, sample]) => sample), ...MORE_SAMPLES].map(problemOf);

describe("the codes of problems", () => {
  it.each(SAMPLES)("has %s", (code, sample) => {
    expect(problemOf(sample).code).toBe(code);
  });

  it("comes with messages and hints that start lower-case, have one line and no full stop", () => {
    for (const { message, hint } of problems) {
      for (const text of [message, hint]) expect(text).toMatch(/^[a-z`][^\n]*[^.\n]$/);
    }
  });

  it("comes with hints whose commands are accepted", () => {
    const commands = problems.flatMap(({ code, hint }) =>
      code === "backtick"
        ? [hint.replace(/^.*as in: /, "")]
        : Array.from(hint.matchAll(/`([^`]+)`/g), ([, text]) => text),
    );
    expect(commands.length).toBeGreaterThan(40);
    for (const text of commands) expect(parse(text ?? ""), text).toMatchObject({ ok: true });
  });
});
