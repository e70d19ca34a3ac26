import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalArgv } from "../../../src/catalogue/command/canonical.js";
import type { ArgumentCondition } from "../../../src/catalogue/generate/effect-argument-schema.js";
import { argumentHits } from "../../../src/catalogue/rules/argument-hits.js";
import { quoteArgv } from "../../../src/language/quote.js";
import type { CommandFacts } from "../../../src/policy/custom/command-facts.js";
import { conditionHolds } from "../../../src/policy/custom/condition-holds.js";
import { givenArguments } from "../../../src/policy/custom/given-arguments.js";
import { allowedEffects, policyFindings, type RuleFinding } from "../../../src/policy/custom/policy-findings.js";
import type { PolicyCondition } from "../../../src/policy/custom/policy-schema.js";
import { given } from "../../catalogue/effects/given.js";
import { arbitraryCommand } from "../arbitrary-command.js";
import { ordinary } from "../ordinary.js";
import { respelled } from "../respell.js";
import { ruleBook } from "../rule-book.js";
import { factsOf, policy } from "./facts-of.js";

const readable = (text: string): boolean => {
  const facts = factsOf(text);
  return facts.ok && facts.value.length > 0;
};

const commands = fc
  .oneof(fc.constantFrom(...ordinary), arbitraryCommand.map(quoteArgv))
  .filter(readable)
  .map((text): readonly [string, readonly CommandFacts[]] => [text, allFacts(text)]);

const allFacts = (text: string): readonly CommandFacts[] => {
  const facts = factsOf(text);
  return facts.ok ? facts.value : [];
};

const example = { because: "only for the test", refuses: ["aws s3 ls"] };
const option = fc.constantFrom("output", "query", "cli-read-timeout", "ca-bundle");
const condition = fc.oneof(
  option.map((name) => ({ option: name, test: "present" })),
  fc
    .tuple(option, fc.constantFrom("*", "e*", "*x*", "json"))
    .map(([name, like]) => ({ option: name, test: { like: [like] } })),
);
const guard = fc.record(
  {
    decision: fc.constantFrom("ask", "deny"),
    effects: fc.subarray(["read", "write", "destroy", "egress"], { minLength: 1 }),
    operations: fc.constantFrom<Record<string, string[]>>(
      { "*": ["*"] },
      { s3: ["*"] },
      { "*": ["describe-*", "list-*"] },
      { ec2: ["*"], iam: ["create-*"] },
    ),
    regions: fc.subarray(["us-*", "eu-west-1", "*"], { minLength: 1 }),
    any: fc.array(condition, { minLength: 1, maxLength: 2 }),
    unless: fc.array(condition, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ["decision", "effects"] },
);
const guards = fc.array(guard, { minLength: 1, maxLength: 4 });
const entry = fc.constantFrom(
  "aws s3",
  "aws ec2 describe-",
  "aws iam create-user",
  "aws s3 cp --recursive",
  "aws",
  "aws --region us-",
);
const entries = fc.uniqueArray(entry, { minLength: 1 });
const safe = fc.constantFrom(
  "aws s3 ls",
  "aws ec2 describe-",
  "aws iam",
  "aws s3",
  "help",
  "--dry-run",
  "aws ec2 describe-instances",
);
const pattern = fc.constantFrom("aws s3.*", "describe-", "--region\\s+us", '"a":\\s*"b"', "x");

type Parts = { readonly [key: string]: unknown };

const load = (parts: Parts) => policy(JSON.stringify(parts));
const named = (rules: readonly object[]) => rules.map((rule, index) => ({ id: `r${index}`, ...example, ...rule }));
const grouped = (items: readonly unknown[]) => ({ group: items });
const patterns = (texts: readonly string[]) =>
  grouped(texts.map((each) => ({ pattern: each, description: "a pattern" })));

const found = (parts: Parts, facts: readonly CommandFacts[]): readonly RuleFinding[] =>
  facts.flatMap((each) => policyFindings(load(parts), each));

const sorted = (findings: readonly RuleFinding[]) => findings.map((each) => JSON.stringify(each)).sort();

// The words that would run, in whatever order.
const words = (text: string): string =>
  JSON.stringify(allFacts(text).map(({ command }) => [...canonicalArgv(command)].sort()));

describe("a policy", () => {
  it("says the same whatever the order of its rules, entries and groups", () => {
    fc.assert(
      fc.property(
        commands,
        guards,
        entries,
        fc.uniqueArray(pattern),
        fc.infiniteStream(fc.nat()),
        ([text, facts], rules, denied, found2, order) => {
          const shuffled = <T>(items: readonly T[]): readonly T[] =>
            items
              .map((item) => ({ item, at: order.next().value ?? 0 }))
              .sort((a, b) => a.at - b.at)
              .map(({ item }) => item);
          const all = named(rules);
          const one = found({ rules: all, dangerous_commands: grouped(denied), ...regexes(found2) }, facts);
          const two = found(
            { ...regexes(shuffled(found2)), dangerous_commands: grouped(shuffled(denied)), rules: shuffled(all) },
            facts,
          );
          expect([text, sorted(two)]).toEqual([text, sorted(one)]);
          expect(two.filter(({ code }) => /deny|ask/.test(code))).toEqual(
            one.filter(({ code }) => /deny|ask/.test(code)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("says no less with one more ask or deny rule, entry or pattern", () => {
    fc.assert(
      fc.property(
        commands,
        guards,
        guard,
        entries,
        entry,
        pattern,
        ([text, facts], rules, more, denied, last, expression) => {
          const parts = { rules: named(rules), dangerous_commands: grouped(denied) };
          const before = sorted(found(parts, facts));
          for (const larger of [
            { ...parts, rules: [...named(rules), { id: "more", ...example, ...more }] },
            { ...parts, dangerous_commands: { ...grouped(denied), more: [last] } },
            { ...parts, regex_rules: patterns([expression]) },
            { ...parts, limits: { regions: ["eu-west-1"] } },
          ]) {
            const after = sorted(found(larger, facts));
            expect([text, before.filter((each) => !after.includes(each))]).toEqual([text, []]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("changes nothing but the findings of dangerous_commands by safe_patterns", () => {
    fc.assert(
      fc.property(
        commands,
        guards,
        entries,
        fc.uniqueArray(safe, { minLength: 1 }),
        pattern,
        ([text, facts], rules, denied, excepted, expression) => {
          const parts = {
            rules: named(rules),
            dangerous_commands: grouped(denied),
            regex_rules: patterns([expression]),
          };
          const before = found(parts, facts);
          const after = found({ ...parts, safe_patterns: grouped(excepted) }, facts);
          const others = (findings: readonly RuleFinding[]) =>
            findings.filter(({ code }) => code !== "policy-dangerous-command");
          expect([text, others(after)]).toEqual([text, others(before)]);
          expect(sorted(after).every((each) => sorted(before).includes(each))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("lets nothing through that is not in an allow rule, whatever else is in the file", () => {
    fc.assert(
      fc.property(commands, guards, entries, ([text, facts], rules, denied) => {
        const loaded = load({
          rules: named(rules),
          dangerous_commands: grouped(denied),
          safe_patterns: grouped(["aws iam"]),
        });
        expect([text, facts.flatMap((each) => [...allowedEffects(loaded, each)])]).toEqual([text, []]);
      }),
      { numRuns: 200 },
    );
  });

  it("says the same of the same command in another spelling", () => {
    const both = fc
      .constantFrom(...ordinary)
      .filter(readable)
      .chain((text) => fc.tuple(fc.constant(text), respelled(text, "all")));
    fc.assert(
      fc.property(
        both,
        guards,
        entries,
        fc.uniqueArray(pattern, { minLength: 1 }),
        ([text, other], rules, denied, expressions) => {
          fc.pre(readable(other) && words(other) === words(text));
          const parts = {
            rules: named(rules),
            dangerous_commands: grouped(denied),
            regex_rules: patterns(expressions),
          };
          const codes = (command: string) =>
            found(parts, allFacts(command)).map(({ code, message }) => `${code}: ${message}`);
          expect([other, codes(other)]).toEqual([other, codes(text)]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

const regexes = (texts: readonly string[]): Parts => (texts.length === 0 ? {} : { regex_rules: patterns(texts) });

describe("conditionHolds", () => {
  const { argumentRules } = ruleBook();

  // Of the same type, so that a condition means the same in both files.
  const ours = (each: ArgumentCondition): PolicyCondition => each;
  const theirs = (each: PolicyCondition): ArgumentCondition => each;

  it("agrees in doubt with the product's own rules on all of their examples and on everyday commands", () => {
    let held = 0;
    const texts = [
      ...new Set([...argumentRules.flatMap(({ refuses, accepts }) => [...refuses, ...accepts]), ...ordinary]),
    ];
    const conditions = argumentRules.flatMap(({ any = [], all = [] }) => [...any, ...all]);
    for (const text of texts.filter((each) => readable(each) && !each.includes("|"))) {
      const [facts] = allFacts(text);
      if (facts === undefined) continue;
      const command = given(text);
      const operations = { [command.service]: [command.operation] };
      for (const each of conditions) {
        const [rule] = argumentRules;
        if (rule === undefined) continue;
        const { any: _, all: __, ...rest } = rule;
        const expected = argumentHits([{ ...rest, operations, any: [theirs(ours(each))] }], command).length > 0;
        const holds = conditionHolds(ours(each), givenArguments(facts), "suspect");
        expect([text, each, holds]).toEqual([text, each, expected]);
        // What is sure is suspect as well.
        if (!holds)
          expect([text, each, conditionHolds(ours(each), givenArguments(facts), "sure")]).toEqual([text, each, false]);
        held += holds ? 1 : 0;
      }
    }
    expect(held).toBeGreaterThan(250);
  });
});
