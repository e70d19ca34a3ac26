import { assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import { argumentSchema } from "../../../src/server/prompts/argument-schema.js";
import { serviceNames } from "../../../src/server/prompts/find-service.js";
import { PROMPTS } from "../../../src/server/prompts/register-prompts.js";
import { fields, json, sh } from "../../../src/server/prompts/sh.js";
import { ruleBook } from "../../policy/rule-book.js";
import { fencedCommands } from "./fenced-commands.js";
import { type Asked, HOSTILE, NOW, REGIONS, render } from "./rendered.js";

const book = ruleBook();
const facts = () => ({ book, regions: REGIONS, now: new Date(NOW) });

/** One line of any characters, weighted toward those with a meaning somewhere. */
const anyText = oneof(
  string({ unit: "grapheme", maxLength: 60 }),
  string({ unit: constantFrom(..."'\"`$(){}[]\\;&|<>#*?~!=,:@/ -.aZ09\u0000\n\t\u202e\ud800"), maxLength: 30 }),
  constantFrom(...HOSTILE),
);

/** What is wrong with the commands of a rendered prompt on a server without settings. */
const faults = (asked: Asked): readonly string[] =>
  fencedCommands(render(asked, book)).flatMap(({ command, mark }) => {
    const { verdict, code } = check(command, book);
    const isFit = verdict === "allow" ? mark === undefined : verdict === "ask" && mark !== undefined;
    return isFit ? [] : [`${verdict} ${code}: ${command}`];
  });

describe("prompts", () => {
  it("show only commands that run or ask, whatever an argument holds that a client may send", () => {
    const parameters = PROMPTS.flatMap((prompt) => Object.keys(prompt.parameters).map((name) => ({ prompt, name })));
    let rendered = 0;
    assert(
      property(constantFrom(...parameters), anyText, ({ prompt, name }, text) => {
        const given = {
          ...Object.fromEntries(Object.keys(prompt.parameters).map((each) => [each, "s3"])),
          [name]: text,
        };
        if (!argumentSchema(prompt, facts).safeParse(given).success) return;
        rendered += 1;
        expect(faults([prompt.name, given])).toEqual([]);
      }),
      { numRuns: 600 },
    );
    expect(rendered).toBeGreaterThan(200);
  });

  it("show only commands that run or ask for every service of the catalogue", () => {
    const services = serviceNames(book.catalogue);
    expect(services.length).toBeGreaterThan(400);
    const asked = services.flatMap((service): readonly Asked[] => [
      ["security_audit", { service }],
      ["resource_inventory", { service, region: "eu-west-1" }],
      ["performance_tuning", { service, resource_id: "x" }],
      ["create_resource", { resource_type: service, resource_name: "x" }],
    ]);
    expect(asked.flatMap(faults)).toEqual([]);
  });

  it("have some command for every service", () => {
    const without = serviceNames(book.catalogue).filter(
      (service) => fencedCommands(render(["security_audit", { service }], book)).length < 3,
    );
    expect(without).toEqual([]);
  });
});

describe("sh", () => {
  it("makes one piece of a word of each value, or nothing that runs", () => {
    assert(
      property(anyText, (text) => {
        const { verdict, canonical } = check(sh`aws rds describe-db-instances --db-instance-identifier=${text}`, book);
        if (verdict === "problem" || verdict === "deny") return;
        expect(canonical).toEqual([["aws", "rds", "describe-db-instances", `--db-instance-identifier=${text}`]]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("fields", () => {
  it("means the value that it was given", () => {
    assert(
      property(anyText, (text) => {
        const given = { Name: "vpc-id", Values: [text] } as const;
        const line = `aws ec2 describe-vpcs --filters ${fields(given)}`;
        const { verdict, canonical } = check(line, book);
        if (verdict === "problem" || verdict === "deny") return;
        const [, , , word = ""] = canonical[0] ?? [];
        const value = word.replace(/^--filters=/, "");
        if (value.startsWith("[")) expect(JSON.parse(value)).toEqual([given]);
        else expect(value).toMatch(/^Name=vpc-id,Values=[\w./:-]+$/);
      }),
      { numRuns: 1000 },
    );
  });

  it("is shorthand where that is plain, JSON where it is not", () => {
    expect(fields({ Name: "InstanceId", Value: "i-1" })).toBe("Name=InstanceId,Value=i-1");
    expect(fields({ Name: "InstanceId", Value: "a,b" })).toBe(json([{ Name: "InstanceId", Value: "a,b" }]));
    expect(fields({ Name: "vpc-id", Values: ["a b"] })).toBe(`'[{"Name":"vpc-id","Values":["a b"]}]'`);
  });
});
