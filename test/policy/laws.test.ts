import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Checked, check, planText } from "../../src/check.js";
import { quoteArgv } from "../../src/language/quote.js";
import { judge } from "../../src/policy/judge.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";
import { arbitraryCommand } from "./arbitrary-command.js";
import { lines } from "./attacks.js";
import { ordinary } from "./ordinary.js";
import { respelled, rewritten } from "./respell.js";
import { ruleBook } from "./rule-book.js";
import { SETTINGS } from "./settings.js";

const readOnly = ruleBook({ mode: "read-only" });
const strict = ruleBook();
const permissive = ruleBook({ mode: "permissive" });

const listed = [...lines.map(({ command }) => command), ...ordinary];
const anyText = fc.oneof(
  fc.constantFrom(...listed),
  fc.constantFrom(...listed).chain((text) => respelled(text, "all")),
  arbitraryCommand.map(quoteArgv),
);

const rank = ({ verdict }: Checked): number => ["allow", "ask", "deny", "problem"].indexOf(verdict);

describe("the modes", () => {
  it("are ordered: read-only is nowhere milder than strict, nor strict than permissive", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ranks = [permissive, strict, readOnly].map((book) => rank(check(text, book)));
        expect([text, ranks]).toEqual([text, [...ranks].sort((a, b) => a - b)]);
      }),
      { numRuns: 10_000 },
    );
  });

  it("agree on what would run and on its effect", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [one, two, three] = [permissive, strict, readOnly].map((book) => {
          const { canonical, effects } = check(text, book);
          return { canonical, effects };
        });
        expect(two).toEqual(one);
        expect(three).toEqual(one);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("a verdict", () => {
  it("depends on the canonical argument vectors alone", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        anyText.chain((text) => fc.tuple(fc.constant(text), respelled(text, "all"))),
        ([text, other]) => {
          const [one, two] = [check(text, strict), check(other, strict)];
          fc.pre(one.canonical.length > 0 && JSON.stringify(one.canonical) === JSON.stringify(two.canonical));
          expect([other, two.verdict, two.code, two.effects]).toEqual([other, one.verdict, one.code, one.effects]);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it("is the same for the same words in other quotes", () => {
    fc.assert(
      fc.property(
        anyText
          .filter((text) => planText(text, SETTINGS).ok)
          .chain((text) => fc.tuple(fc.constant(text), rewritten(text))),
        ([text, other]) => {
          const [one, two] = [check(text, strict), check(other, strict)];
          expect([other, two.verdict, two.code, two.canonical]).toEqual([other, one.verdict, one.code, one.canonical]);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("is the same for the canonical argv itself", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const one = check(text, strict);
        const [first] = one.canonical;
        const isHelp = first?.at(-1) === "help" || first?.[1] === "--version";
        fc.pre(one.canonical.length === 1 && first !== undefined && first[0] === "aws" && !isHelp);
        const two = check(quoteArgv(first), strict);
        expect([text, two.verdict, two.canonical, two.effects]).toEqual([
          text,
          one.verdict,
          one.canonical,
          one.effects,
        ]);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("the child of an aws stage", () => {
  let bench: Bench;
  beforeAll(() => {
    bench = benchMachine({ operator: { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" } });
  });
  afterAll(() => bench.remove());

  it("receives the words that the verdict showed", { timeout: 180_000 }, async () => {
    // The workspace has no files, the stand-in exports no profile's keys, and `describe-regions` never ends in it.
    const runs = (text: string): boolean => {
      const planned = planText(text, SETTINGS);
      if (!planned.ok) return false;
      const { decision, stages } = judge(planned.value, bench.book);
      const [stage] = stages;
      return (
        decision === "allow" &&
        stages.length === 1 &&
        stage?.kind === "aws" &&
        stage.run === "operation" &&
        stage.files.length === 0 &&
        stage.profile === undefined &&
        stage.argv[2] !== "describe-regions"
      );
    };
    const allowed = fc.oneof(fc.constantFrom(...listed), arbitraryCommand.map(quoteArgv)).filter(runs);
    await fc.assert(
      fc.asyncProperty(allowed, async (text) => {
        const { canonical } = check(text, bench.book);
        const { output } = await bench.run(text);
        // What the stand-in prints of itself; another shape fails the comparison.
        const { argv } = JSON.parse(output.text) as { argv: readonly string[] };
        expect(argv.slice(1)).toEqual(canonical[0]?.slice(1));
      }),
      { numRuns: 60 },
    );
  });
});
