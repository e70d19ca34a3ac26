import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalArgv } from "../../../src/catalogue/command/canonical.js";
import type { AwsOperation, AwsRefusal } from "../../../src/catalogue/command/command.js";
import { readCommand } from "../../../src/catalogue/command/read-command.js";
import { err, ok, type Result } from "../../../src/language/result.js";
import type { Argument } from "../../../src/plan/plan.js";
import { UNKNOWN_OUTPUT } from "../../../src/plan/unknown.js";
import { expandedRefusal } from "../../../src/policy/aws/expanded-refusal.js";
import { misreadExpansion } from "../../../src/policy/aws/misread-expansion.js";
import { catalogue } from "../../catalogue/effects/committed.js";
import { nastyOutput, withOther, withOutput } from "../../plan/nasty-output.js";
import { arbitraryCommand } from "../arbitrary-command.js";

const read = (words: readonly Argument[]): Result<AwsOperation, AwsRefusal> => {
  const command = readCommand(
    catalogue,
    words.map(({ text }) => text),
  );
  if (!command.ok) return err(misreadExpansion(command.error, words));
  const refusal = expandedRefusal(command.value, words);
  if (refusal !== undefined) return err(refusal);
  return command.value.kind === "operation"
    ? ok(command.value)
    : err({ code: "help", message: "", hint: "", argument: 0 });
};

const globals = fc.constantFrom<readonly string[]>(
  [],
  ["--region", "eu-west-1"],
  ["--profile=dev"],
  ["--output", "text"],
);

const given = fc
  .tuple(arbitraryCommand, globals, nastyOutput, fc.boolean())
  .chain(([words, more, output, isInline]) => withOutput([...(isInline ? inline(words) : words), ...more], output));

/** Every option and the value behind it as one word. */
const inline = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, index) => {
    if (index > 0 && words[index - 1]?.startsWith("--") && !word.startsWith("--")) return [];
    const next = words[index + 1];
    return word.startsWith("--") && next !== undefined && !next.startsWith("--") ? [`${word}=${next}`] : [word];
  });

describe("an aws stage with output of other commands in it", () => {
  it("is the same command whatever the output is: only what stands in its place differs", { timeout: 120_000 }, () => {
    let accepted = 0;
    fc.assert(
      fc.property(given, (words) => {
        const known = read(words);
        if (!known.ok) return;
        accepted += 1;
        const unknown = read(withOther(words, UNKNOWN_OUTPUT));
        if (!unknown.ok) throw new Error(`${unknown.error.code} as long as it is not known: ${unknown.error.message}`);
        expect([known.value.service, known.value.path, known.value.globals]).toEqual([
          unknown.value.service,
          unknown.value.path,
          unknown.value.globals,
        ]);
        expect(namesOf(known.value)).toEqual(namesOf(unknown.value));
        const argv = canonicalArgv(known.value);
        expect(argv).toEqual(canonicalArgv(unknown.value).map((word, index) => inPlace(argv[index] ?? "", word)));
      }),
      { numRuns: 8000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  it("shows no character of an unknown value to anybody who is refused", () => {
    fc.assert(
      fc.property(given, (words) => {
        const unknown = read(withOther(words, UNKNOWN_OUTPUT));
        if (unknown.ok) return;
        expect(unknown.error.code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
        expect(`${unknown.error.message}${unknown.error.hint}`).not.toContain(UNKNOWN_OUTPUT);
      }),
      { numRuns: 2000 },
    );
  });
});

const namesOf = ({ options, operands }: AwsOperation) => [
  options.map(({ option, words }) => [option.name, words.map(({ argument }) => argument)]),
  operands.map(({ slot, word }) => [slot.name, word.argument]),
];

/** The word itself where it has data between the texts that stand around what is unknown. */
const inPlace = (word: string, unknown: string): string => {
  const [before = "", after] = unknown.split(UNKNOWN_OUTPUT);
  if (after === undefined) return unknown;
  const isAround = word.startsWith(before) && word.endsWith(after) && word.length >= before.length + after.length;
  return isAround ? word : unknown;
};
