import { describe, expect, it } from "vitest";
import { givenValues } from "../../../src/catalogue/command/given-values.js";
import { readCommand } from "../../../src/catalogue/command/read-command.js";
import type { Value } from "../../../src/catalogue/values/value.js";
import { planText } from "../../../src/check.js";
import { SETTINGS } from "../../policy/settings.js";
import { catalogue } from "../effects/committed.js";

const valuesOf = (text: string): unknown => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  const argv = planned.value.stages[0].arguments.map((argument) => argument.text);
  const read = readCommand(catalogue, argv);
  if (!read.ok) throw new Error(`${text}: ${read.error.message}`);
  if (read.value.kind !== "operation") throw new Error(`${text} asks for help`);
  const values = givenValues(read.value);
  if (!values.ok) return `${values.error.code} at ${argv[values.error.argument]}`;
  return Object.fromEntries(values.value.map(({ option, value }) => [option.name, plain(value)]));
};

const plain = (value: Value): unknown => {
  switch (value.kind) {
    case "text":
    case "number":
      return value.text;
    case "boolean":
      return value.value;
    case "null":
      return undefined;
    case "file":
      return { file: value.reference };
    case "list":
      return value.items.map(plain);
    case "map":
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
  }
};

describe("givenValues", () => {
  it("reads lists, structures, flags and scalars as the CLI does", () => {
    expect(
      valuesOf("aws ec2 describe-instances --instance-ids i-1 i-2 --filters Name=a,Values=b,c --dry-run --max-items 5"),
    ).toEqual({
      "instance-ids": ["i-1", "i-2"],
      filters: [{ Name: "a", Values: ["b", "c"] }],
      "dry-run": true,
      "max-items": "5",
    });
  });

  it("gives shorthand, JSON and `--cli-input-json` as the same data", () => {
    const data = { filters: [{ Name: "a", Values: ["b", "c"] }] };
    for (const spelling of [
      "--filters Name=a,Values=b,c",
      `--filters '[{"Name":"a","Values":["b","c"]}]'`,
      `--filters '{"Name":"a","Values":["b","c"]}'`,
      `--cli-input-json '{"Filters":[{"Name":"a","Values":["b","c"]}]}'`,
    ])
      expect(valuesOf(`aws ec2 describe-instances ${spelling}`)).toEqual(data);
  });

  it.each([
    [`'{"Nope":1}'`, "aws-input-json at --cli-input-json"],
    [`'{"MaxResults":1,"MaxResults":2}'`, 'value-duplicate-key at {"MaxResults":1,"MaxResults":2}'],
    ["[]", "aws-input-json at --cli-input-json"],
    ["x", "value-json at x"],
    ["' file://x.json'", "value-json at  file://x.json"],
    [`'{"InstanceIds":["i-2"]}' --instance-ids i-1`, "aws-input-json at --cli-input-json"],
    [`'{"DryRun":false}' --no-dry-run`, "aws-input-json at --cli-input-json"],
  ])("refuses `--cli-input-json %s`: %s", (json, expected) => {
    expect(valuesOf(`aws ec2 describe-instances --cli-input-json ${json}`)).toBe(expected);
  });

  it("takes a file of `--cli-input-json` for the value of every option that the operation has", () => {
    const file = { file: "file://x.json" };
    expect(valuesOf("aws sqs get-queue-url --cli-input-json file://x.json")).toEqual({
      "queue-name": file,
      "queue-owner-aws-account-id": file,
    });
  });

  it("takes a path and an empty list as they are", () => {
    expect(valuesOf("aws s3api put-object --bucket b --key k --body file.bin")).toMatchObject({ body: ["file.bin"] });
    expect(valuesOf("aws ec2 describe-instances --instance-ids")).toEqual({ "instance-ids": [] });
  });

  it("takes several words of the CLI's own commands as a list", () => {
    expect(valuesOf("aws s3 mb s3://b --tags KEY VALUE")).toEqual({ tags: ["KEY", "VALUE"] });
    expect(valuesOf("aws s3 cp a s3://b --grants read=id=1 full=id=2")).toEqual({ grants: ["read=id=1", "full=id=2"] });
  });

  it("gives a file that is still to be read as such", () => {
    expect(valuesOf("aws ec2 describe-instances --filters file://f.json")).toEqual({
      filters: { file: "file://f.json" },
    });
    expect(valuesOf("aws ec2 describe-instances --filters 'Name=a,Values@=file://f.json'")).toEqual({
      filters: [{ Name: "a", Values: { file: "file://f.json" } }],
    });
    expect(valuesOf("aws ec2 describe-instances --instance-ids i-1 file://f")).toEqual({
      "instance-ids": ["i-1", "file://f"],
    });
  });

  it("takes words for the one member of a structure where the CLI does", () => {
    expect(valuesOf("aws elb describe-instance-health --load-balancer-name l --instances i-1 i-2")).toMatchObject({
      instances: [{ InstanceId: "i-1" }, { InstanceId: "i-2" }],
    });
  });

  it.each([
    ["--filters {", "value-json at {"],
    ["--filters Name=a,Values=b,Name=c", "value-duplicate-key at Name=a,Values=b,Name=c"],
    ["--filters Name", "value-shorthand at Name"],
  ])("refuses what has no certain meaning: %s", (words, expected) => {
    expect(valuesOf(`aws ec2 describe-instances ${words}`)).toBe(expected);
  });
});
