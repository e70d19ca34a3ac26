import { describe, expect, it } from "vitest";
import { readArgumentRules } from "../../../src/catalogue/generate/effect-argument-rules.js";
import { argumentHits } from "../../../src/catalogue/rules/argument-hits.js";
import { parseStrictJson } from "../../../src/catalogue/values/strict-json.js";
import { textValue, type Value } from "../../../src/catalogue/values/value.js";

const commands = [{ service: "zoo", operation: "feed", options: new Set(["food", "no-lock", "lock"]) }];

const read = (condition: string, more = "") =>
  readArgumentRules(
    {
      name: "rules.yaml",
      text: `rules:
  - id: tested
    effect: permissions
    because: only for the test
    operations: { zoo: [feed] }
    ${condition}
    refuses: [aws zoo feed]
    accepts: []
${more}`,
    },
    commands,
  );

const json = (text: string): Value => {
  const value = parseStrictJson(text);
  if (!value.ok) throw new Error(value.error.message);
  return value.value;
};

const hits = (condition: string, value: Value, name = "food", twin?: string): boolean => {
  const { rules, problems } = read(condition);
  expect(problems).toEqual([]);
  const command = { service: "zoo", operation: "feed", options: [{ name, twin, value }], operands: ["s3://b", "x"] };
  return argumentHits(rules, command).length > 0;
};

const onFood = (test: string, path = ""): string => `any: [{ option: food, ${path}test: ${test} }]`;

describe("argumentHits", () => {
  it.each([
    ["0.0.0.0/0", true],
    ["::/0", true],
    ["0.0.0.0/1", true],
    ["128.0.0.0/1", true],
    ["64.0.0.0/2", true],
    ["0.0.0.0/00", true],
    [" 0.0.0.0/0", true],
    ["2000::/3", true],
    ["0/0", true],
    ["10.0.0.0/8/9", true],
    ["everybody", true],
    ["10.0.0.0/8", false],
    ["203.0.113.9", false],
    ["203.0.113.9/32", false],
    ["fc00::/7", false],
    ["fd12:3456::/8", false],
    ["2001:db8::/32", false],
    ["fe00::/7", true],
  ])("`cidr-open` on %s is %s", (text, open) => {
    expect(hits(onFood("cidr-open"), textValue(text))).toBe(open);
  });

  it.each([
    ["SELECT * FROM t", false],
    ["  select 'a;b' from t;", false],
    ["-- all of it\nselect 1", false],
    ['/* x */ SELECT "drop" FROM t', false],
    ["with a as (select 1) select * from a", false],
    ["show tables", false],
    ["DELETE FROM t", true],
    ["selectx", true],
    ["select 1; drop table t", true],
    ["select '/*'; drop table t; select '*/'", true],
    ["select 1 /* drop", true],
    ["select 'open", true],
    ["with a as (select 1) insert into t select * from a", true],
    ["unload (select 1) to 's3://x'", true],
    ["explain analyze delete from t", true],
    ["", true],
  ])("`not-select` on %j is %s", (text, changes) => {
    expect(hits(onFood("not-select"), textValue(text))).toBe(changes);
  });

  it.each([
    ['{"Statement":[{"Effect":"Allow","Principal":"*"}]}', true],
    ['{"Statement":{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root","*"]}}}', true],
    ['{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::*:root"}}]}', true],
    ['{"Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"x"}}]}', true],
    ['{"statement":[{"effect":"Allow","principal":"*"}]}', true],
    ['{"Statement":[{"Principal":"*"}]}', true],
    ['{"Statement":["*"]}', true],
    ["not json", true],
    ['{"Statement":[{"Effect":"Deny","Principal":"*"}]}', false],
    ['{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"}}]}', false],
    ['{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}]}', false],
    ["{}", false],
  ])("`principal-wildcard` on %s is %s, as text and as data", (text, open) => {
    expect(hits(onFood("principal-wildcard"), textValue(text))).toBe(open);
    if (text !== "not json") expect(hits(onFood("principal-wildcard"), json(text))).toBe(open);
  });

  it.each([
    ['{"Statement":[{"Effect":"Allow","Action":"*"}]}', true],
    ['{"Statement":[{"Effect":"Allow","Action":["s3:Get*","iam:*"]}]}', true],
    ['{"Statement":[{"Effect":"Allow","NotAction":"iam:*"}]}', true],
    ['{"Statement":[{"Effect":"Allow","Action":"s3:Get*"}]}', false],
    ['{"Statement":[{"Effect":"Deny","Action":"*"}]}', false],
  ])("`action-wildcard` on %s is %s", (text, open) => {
    expect(hits(onFood("action-wildcard"), textValue(text))).toBe(open);
  });

  it.each([
    ["{ equals: [all] }", '"all"', true],
    ["{ equals: [all] }", '"All"', false],
    ["{ equals: [all] }", '["a","all"]', true],
    ['{ like: ["*x*"] }', '"axb"', true],
    ['{ like: ["a.b"] }', '"axb"', false],
    ['{ ilike: ["*FULL*"] }', '"AmazonFullAccess"', true],
    ["{ below: 1 }", "0", true],
    ["{ below: 1 }", '"1"', false],
    ["{ above: 5 }", '"1:9"', true],
    ["{ above: 5 }", '"5"', false],
    ["{ above: 5 }", '"many"', true],
    ["{ above: 5 }", '"٥"', false],
    ["{ above: 5 }", '"0_9"', true],
    ["{ above: 5 }", '"0x1"', true],
    ["{ equals: ['22'] }", '"2_2_"', false],
    ["{ equals: ['22'] }", '"22x"', false],
    ["{ equals: ['false'] }", "false", true],
    ["{ equals: ['false'] }", '"FALSE"', true],
    ["{ equals: ['True'] }", '"true"', true],
    ["{ equals: ['012345678901'] }", '"012345678901"', true],
    ["{ equals: ['1.5'] }", '"+01.50"', true],
    ["{ equals: ['0'] }", '"-0"', true],
    ["{ equals: ['-3'] }", '"-003"', true],
    ["{ equals: ['12345678901234567891'] }", '"12345678901234567890"', false],
    ['"true"', '"TRUE"', true],
    ['"false"', "false", true],
    ['"false"', "true", false],
    ["present", "null", true],
  ])("%s on %s is %s", (test, value, hit) => {
    expect(hits(onFood(test), json(value))).toBe(hit);
  });

  it.each(["022", "2_2", "+22", " 22 ", "٢٢", "𝟐𝟐", "22.0", "2.2e1", "\u001c22\u0085"])(
    "`equals` reads %j as 22",
    (text) => {
      expect(hits(onFood("{ equals: ['22'] }"), textValue(text))).toBe(true);
      expect(hits(onFood("{ equals: ['22'] }"), textValue(`${text}3`))).toBe(false);
    },
  );

  it("reads 100 KB of digits once", () => {
    const started = performance.now();
    for (const text of ["0".repeat(100_000), "٠".repeat(100_000), "1_".repeat(50_000)])
      for (const end of ["", "x", "."]) hits(onFood("{ equals: ['22'] }"), textValue(text + end));
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("looks at members wherever lists stand", () => {
    const path = "path: A.B.C, ";
    expect(hits(onFood("{ equals: [x] }", path), json('[{"A":[{"B":[{"C":"y"},{"C":"x"}]}]}]'))).toBe(true);
    expect(hits(onFood("absent", path), json('{"A":{"B":{}}}'))).toBe(true);
    expect(hits(onFood("absent", path), json('{"A":{"B":{"C":"y"}}}'))).toBe(false);
  });

  it("compares two members of the same map", () => {
    const test = '{ entry: { key: K, is: [lock], value: V, test: "false" } }';
    expect(hits(onFood(test), json('[{"V":"false","K":"lock"}]'))).toBe(true);
    expect(hits(onFood(test), json('[{"K":"lock","V":"true"},{"K":"other","V":"false"}]'))).toBe(false);
  });

  it("takes a file that nobody has read for the worst", () => {
    const file: Value = { kind: "file", reference: "file://x.json" };
    expect(hits(onFood("{ equals: [x] }", "path: A.B, "), file)).toBe(true);
    expect(hits(onFood("absent", "path: A.B, "), file)).toBe(true);
    expect(hits(onFood("principal-wildcard"), file)).toBe(true);
  });

  it("takes a text that is not known yet for the worst", () => {
    const unknown = textValue("a\ud800");
    expect(hits(onFood("{ equals: [x] }"), unknown)).toBe(true);
    expect(hits(onFood("{ like: [x] }"), { kind: "list", items: [textValue("y"), unknown] })).toBe(true);
    expect(hits(onFood("{ above: 5 }"), unknown)).toBe(true);
    expect(hits(onFood("absent", "path: A.B, "), unknown)).toBe(true);
    expect(hits(onFood("principal-wildcard"), unknown)).toBe(true);
    expect(hits(onFood("not-select"), unknown)).toBe(true);
  });

  it("reads a flag that JSON sets to false as its twin", () => {
    const off: Value = { kind: "boolean", value: false };
    expect(hits("any: [{ option: no-lock, test: present }]", off, "lock", "no-lock")).toBe(true);
    expect(hits("any: [{ option: lock, test: present }]", off, "lock", "no-lock")).toBe(false);
  });

  it("wants every condition of `all`", () => {
    const rule = (second: string): string => `all: [{ operand: 0, test: bucket-uri }, { operand: 1, test: ${second} }]`;
    expect(hits(rule("{ equals: [x] }"), textValue(""))).toBe(true);
    expect(hits(rule("bucket-uri"), textValue(""))).toBe(false);
  });
});

describe("readArgumentRules", () => {
  it.each([
    [
      "an option that no command has",
      "any: [{ option: foot, test: present }]",
      "rules.yaml:6: no command of `tested` has `--foot`",
    ],
    [
      "two ways to say where",
      "any: [{ option: food, operand: 1, test: present }]",
      "rules.yaml:6: `rules.0.any.0`: needs one of `option`, `options` and `operand`",
    ],
    [
      "nothing to look for",
      "any: [{ option: food, test: absent }]",
      "rules.yaml:6: `rules.0.any.0`: `absent` needs a `path`",
    ],
    ["a test that there is not", "any: [{ option: food, test: bad }]", /^rules\.yaml:6: /],
  ])("says where it finds %s", (_, condition, problem) => {
    expect(read(condition).problems.join("\n")).toMatch(problem);
  });

  it("wants every name to have an option of the rule", () => {
    const { problems } = readArgumentRules(
      {
        name: "rules.yaml",
        text: `rules:
  - { id: tested, effect: disarm, because: only for the test, operations: { zoo: [feed, fed] }, any: [{ option: food, test: present }], refuses: [aws zoo feed], accepts: [] }
  - { id: tested, effect: disarm, because: only for the test, operations: { zoo: [feed] }, any: [{ option: food, test: present }], refuses: [aws zoo feed], accepts: [] }
`,
      },
      commands,
    );
    expect(problems).toEqual([
      "rules.yaml:2: `zoo:fed` names no command with an option of `tested`",
      "rules.yaml:3: there is a rule `tested` already",
    ]);
  });
});
