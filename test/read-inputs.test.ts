import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planText } from "../src/check.js";
import { type StageSnapshots, stageSnapshots } from "../src/executor/stage-snapshots.js";
import type { RuleBook } from "../src/policy/rule-book.js";
import { readInputs } from "../src/read-inputs.js";
import { ruleBook } from "./policy/rule-book.js";
import { SETTINGS } from "./policy/settings.js";

let root: string;
let workspace: string;
let snapshots: StageSnapshots;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "read-inputs-")));
  workspace = join(root, "workspace");
  for (const name of ["workspace", "runs"]) mkdirSync(join(root, name));
  snapshots = stageSnapshots(workspace, join(root, "runs"), pLimit(2));
});

afterEach(async () => {
  await snapshots.remove();
  rmSync(root, { recursive: true });
});

const write = (name: string, text: string): void => writeFileSync(join(workspace, name), text);

const read = async (text: string, changes: Partial<RuleBook> = {}) => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(planned.error.message);
  const book = ruleBook({ workspace, ...changes });
  const result = await readInputs(planned.value, book, snapshots, new AbortController().signal);
  if (!result.ok) return result.error.code;
  return [result.value.decision, result.value.findings.find(({ decision }) => decision !== "allow")?.code];
};

const taken = (stage: number): readonly string[] => [...snapshots.of(stage).taken.keys()].sort();

describe("readInputs", () => {
  it("judges what a parameter file holds", async () => {
    const command = "aws ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions file://rule.json";
    write("rule.json", '[{"IpProtocol":"tcp","IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]');
    expect(await read(command)).toEqual(["allow", undefined]);
    await snapshots.remove();
    write("rule.json", '[{"IpProtocol":"tcp","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]');
    expect(await read(command)).toEqual(["deny", "effect-permissions"]);
  });

  it("reads the files that a file's content names, and judges them too", async () => {
    const command = "aws ec2 request-spot-instances --launch-specification file://spec.txt";
    write("spec.txt", "ImageId@=file://ami.txt");
    write("ami.txt", "ami-1");
    expect(await read(command)).toEqual(["ask", "effect-sensitive-read"]);
    expect(taken(0)).toEqual(["ami.txt", "spec.txt"]);
    await snapshots.remove();
    write("spec.txt", "UserData@=file://ami.txt");
    expect(await read(command)).toEqual(["ask", "effect-execute"]);
    await snapshots.remove();
    write("spec.txt", "ImageId@=file:///etc/passwd");
    expect(await read(command)).toEqual(["deny", "file-outside-workspace"]);
  });

  it("keeps every file that it read among the stage's, also one that another file names", async () => {
    write("outer.txt", "Policy@=file://inner.json");
    write("inner.json", "{}");
    const planned = planText("aws sqs set-queue-attributes --queue-url q --attributes file://outer.txt", SETTINGS);
    if (!planned.ok) throw new Error(planned.error.message);
    const book = ruleBook({ workspace });
    const result = await readInputs(planned.value, book, snapshots, new AbortController().signal);
    const [stage] = result.ok ? result.value.stages : [];
    expect(stage?.files.map(({ path, sha256 }) => [path.slice(workspace.length + 1), sha256?.length])).toEqual([
      ["outer.txt", 64],
      ["inner.json", 64],
    ]);
  });

  it("reads line ends as the CLI does, in a whole value and inside of one", async () => {
    write("sql.txt", "-- x\rDELETE FROM t WHERE id='1' /*\nSELECT * FROM t\n--*/");
    for (const command of [
      "aws dynamodb batch-execute-statement --statements Statement@=file://sql.txt",
      "aws dynamodb execute-statement --statement file://sql.txt",
    ]) {
      expect([command, await read(command, { mode: "read-only" })]).toEqual([command, ["deny", "effect-destroy"]]);
      await snapshots.remove();
    }
  });

  it("takes no bytes for a whole input, and no path out of one", async () => {
    write("input.json", '{"Bucket":"b","Key":"k","Body":"aGVsbG8="}');
    expect(await read("aws s3api put-object --cli-input-json fileb://input.json")).toEqual(["deny", "aws-input-json"]);
    expect(await read("aws s3api put-object --cli-input-json file://input.json")).toEqual(["allow", undefined]);
    expect(taken(0)).toEqual(["input.json"]);
  });

  it("copies what is only sent where the plan may run, and not where it is refused anyway", async () => {
    write("body.bin", "body");
    const command = "aws s3api put-object --bucket b --key k --body body.bin";
    expect(await read(command, { mode: "read-only" })).toEqual(["deny", "effect-write"]);
    expect(taken(0)).toEqual([]);
    expect(await read(command)).toEqual(["allow", undefined]);
    expect(readFileSync(join(snapshots.of(0).directory(), "body.bin"), "utf8")).toBe("body");
  });

  it("gives every stage its own copies", async () => {
    write("a.json", "{}");
    await read(
      "aws dynamodb put-item --table-name a --item file://a.json | aws dynamodb put-item --table-name b --item file://a.json",
    );
    expect([taken(0), taken(1)]).toEqual([["a.json"], ["a.json"]]);
    expect(snapshots.of(0).directory()).not.toBe(snapshots.of(1).directory());
  });

  it("copies a filter's file where a person is asked, and lets it read the workspace otherwise", async () => {
    write("notes.txt", "notes");
    expect(await read("aws s3 ls | cat notes.txt")).toEqual(["allow", undefined]);
    expect(taken(1)).toEqual([]);
    expect(await read("aws s3 rb s3://b | cat notes.txt")).toEqual(["ask", "effect-destroy"]);
    expect(taken(1)).toEqual(["notes.txt"]);
  });

  it("says what is wrong with a file", async () => {
    expect(await read("aws dynamodb put-item --table-name a --item file://gone.json")).toBe("file-missing");
    write("twice.json", '{"a":1,"a":2}');
    expect(await read("aws dynamodb put-item --cli-input-json file://twice.json")).toEqual([
      "deny",
      "value-duplicate-key",
    ]);
  });
});
