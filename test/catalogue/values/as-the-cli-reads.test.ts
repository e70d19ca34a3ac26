import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ValueShape } from "../../../src/catalogue/values/option-value.js";
import { arbitraryJson, arbitraryShorthand, arbitraryWord } from "./arbitrary-value.js";
import type { Question } from "./ask-cli.js";
import { compareWithCli, type Strict } from "./differences.js";
import { jsonTexts, shorthandTexts } from "./realistic.js";

// More: VALUES_RUNS=200000 VALUES_SEED=$RANDOM npx vitest run test/catalogue/values
const SEED = Number(process.env.VALUES_SEED ?? 20_260_701);
const RUNS = Number(process.env.VALUES_RUNS ?? 24_000);

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns = RUNS): readonly T[] =>
  fc.sample(arbitrary, { numRuns, seed: SEED });

describe("parseShorthand", () => {
  it("reads every text as the CLI does and refuses only what its comment says", async () => {
    const texts = [...shorthandTexts, ...sample(arbitraryShorthand())];
    const { wrong, both, stricter } = await compareWithCli(texts.map((text) => ({ read: "shorthand", text })));
    const { "value-ambiguous": ambiguous = [], "value-duplicate-key": duplicate = [], ...others } = stricter;
    expect({ wrong, others }).toEqual({ wrong: [], others: {} });
    expect(both).toBeGreaterThan(RUNS / 5);
    expect(ambiguous.length + duplicate.length).toBeLessThan(RUNS / 50);
  });
});

describe("parseStrictJson", () => {
  it("reads every text as the CLI does and refuses only equal keys, infinities and lone surrogates", async () => {
    const texts = [...jsonTexts, ...sample(arbitraryJson())];
    const { wrong, both, stricter } = await compareWithCli(texts.map((text) => ({ read: "json", text })));
    const { "value-json": json = [], "value-duplicate-key": _, ...others } = stricter;
    expect({ wrong, others }).toEqual({ wrong: [], others: {} });
    expect(json.filter((each) => !isBeyondJson(each))).toEqual([]);
    expect(both).toBeGreaterThan(RUNS / 5);
  });
});

/** Not text, or not a number. */
const isBeyondJson = ({ theirs }: Strict): boolean =>
  /"(?:inf|-inf|nan)"|\\ud[89a-f]/.test(JSON.stringify(theirs)) || /\p{Surrogate}/u.test(JSON.stringify(theirs));

describe("parseOptionValue", () => {
  it("reads words as the CLI does, in every shape", async () => {
    const words = fc.oneof(
      arbitraryWord().map((word) => [word]),
      fc.array(arbitraryWord(), { maxLength: 3 }),
    );
    const questions = fc.record({ read: fc.constant("words" as const), shape: fc.constantFrom(...SHAPES), words });
    const { wrong, both, stricter } = await compareWithCli(sample(questions));
    const { "value-ambiguous": _a, "value-duplicate-key": _d, "value-json": json = [], ...others } = stricter;
    expect({ wrong, others }).toEqual({ wrong: [], others: {} });
    expect(json.filter((each) => !isBeyondJson(each))).toEqual([]);
    expect(both).toBeGreaterThan(RUNS / 5);
  });
});

describe("parseLoadedValue", () => {
  it("reads the text of a parameter file as the CLI does, and lists only when they are JSON", async () => {
    const text = fc.tuple(arbitraryWord(), fc.constantFrom("", "\n", "\r\n", " ")).map(([word, end]) => word + end);
    const questions = fc.record({ read: fc.constant("file" as const), shape: fc.constantFrom(...SHAPES), text });
    const { wrong, both, stricter } = await compareWithCli(sample(questions, RUNS / 4));
    const { "value-ambiguous": _a, "value-duplicate-key": _d, "value-json": json = [], ...others } = stricter;
    expect({ wrong, others }).toEqual({ wrong: [], others: {} });
    expect(json.filter((each) => !isBeyondJson(each) && !isList(each.question))).toEqual([]);
    expect(both).toBeGreaterThan(RUNS / 20);
  });
});

const isList = (question: Question): boolean =>
  question.read === "file" && (typeof question.shape === "object" || question.shape.startsWith("list"));

const SHAPES: readonly ValueShape[] = [
  "scalar",
  "json",
  "list",
  "list-of-json",
  "list-of-structures",
  "structure",
  "map",
  "structure-of-value",
  { listOfOnly: "InstanceId" },
];
