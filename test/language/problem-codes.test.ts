import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";

/** One sample for each code. Codes are part of the surface: none is renamed, and none is used for something else. */
const SAMPLES: readonly (readonly [code: string, sample: string])[] = [
  ["arithmetic", "head -n $((1 + 2))"],
  ["assignment", "AWS_PROFILE=dev aws s3 ls"],
  ["background", "a &"],
  ["backtick", "echo `id`"],
  ["bidirectional-control", "echo a\u202eb"],
  ["carriage-return", "aws s3 ls\r\n"],
  ["computed-program", "$(which aws) s3 ls"],
  ["control-character", "echo \u0007"],
  ["dollar", "echo $é"],
  ["dollar-bracket", "echo $[1]"],
  ["dollar-double-quote", 'echo $"a"'],
  ["double-semicolon", "a ;; b"],
  ["empty-stage", "a | | b"],
  ["empty-substitution", "echo $()"],
  ["empty-text", " # nothing"],
  ["escaped-byte", "echo $'\\xe9'"],
  ["escaped-nul", "echo $'\\0'"],
  ["here-document", "cat << EOF"],
  ["here-string", "cat <<< a"],
  ["leading-and", "&& a"],
  ["leading-option", "a\n--b"],
  ["leading-or", "|| a"],
  ["leading-pipe", "| a"],
  ["leading-semicolon", "; a"],
  ["line-separator", "echo a\u2028b"],
  ["lone-surrogate", "echo \ud83d"],
  ["nul-character", "echo \0"],
  ["only-redirections", "2>&1"],
  ["parenthesis", "(a)"],
  ["process-substitution", "diff <(a) <(b)"],
  ["prompt", "a\n$ b"],
  ["redirect-descriptor", "a 2>&-"],
  ["redirect-input", "sort < a"],
  ["redirect-output", "a > b"],
  ["reserved-word", "for a in b"],
  ["shell-builtin", "cd a"],
  ["substitution-too-deep", "a $(b $(c $(d $(e $(f)))))"],
  ["text-too-long", "a".repeat(1_048_577)],
  ["too-many-pipelines", "a;".repeat(101)],
  ["too-many-stages", `a${"|a".repeat(32)}`],
  ["trailing-and", "a &&"],
  ["trailing-backslash", "a \\"],
  ["trailing-or", "a ||"],
  ["trailing-pipe", "a |"],
  ["unclosed-double-quote", 'echo "a'],
  ["unclosed-single-quote", "echo 'a"],
  ["unclosed-substitution", "echo $(a"],
  ["unknown-escape", "echo $'\\d'"],
  ["variable", "echo $x"],
];

/** Every way to get a hint, since some codes have several. */
const MORE_SAMPLES = [
  ...["a\n| b", "a\n&& b", "a\n|| b", "a\n; b", "a ;& b", "a )", "a <<- b", "echo $'a", "echo $'\\x414'", "```\na"],
  ...["a > /dev/stderr", "a 2> /dev/stdout", "a 2> b", "a &> b", "a 1>&/dev/null", "a 2>&/dev/null", "a <&-"],
  ...[
    "a 3>&1",
    "a 3>&-",
    "a {b}>&-",
    "a >&3",
    "a {b}>/dev/null",
    "a 2>&1>/dev/null",
    "a 0>/dev/null",
    "a 2&>/dev/null",
    "a >&-",
  ],
  ...["$HOME", "$?", "$1", "$@", "$$", "${", `\${AWS_REGION:-x}`, "$AWS_REGION\\\nx", "$PWD", `\${#x}`].map(
    (each) => `a ${each}`,
  ),
  ...["!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while"],
  ...["[[", "function", "select", "time", "coproc"],
  ...[".", "alias", "cd", "eval", "exec", "export", "read", "set", "source", "trap", "unset", "wait"],
];

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
        ? hint.split("; the output").map((part) => part.replace(/^.*as in: /, ""))
        : Array.from(hint.matchAll(/`([^`]+)`/g), ([, text]) => text),
    );
    expect(commands.length).toBeGreaterThan(100);
    const refused = commands.filter((text) => !parse(text ?? "").ok);
    expect(refused).toEqual([]);
  });
});
