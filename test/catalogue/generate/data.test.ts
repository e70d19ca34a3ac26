import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readReviewed } from "../../../src/catalogue/generate/reviewed.js";
import { parseServiceTable } from "../../../src/catalogue/parse-service-table.js";
import type { OperationTable, ServiceTable } from "../../../src/catalogue/service-table.js";
import { needAws } from "../../provision/needs.js";

const SERVICES = join(import.meta.dirname, "../../../grammar/aws/services");

const tables: readonly ServiceTable[] = readdirSync(SERVICES)
  .filter((file) => file.endsWith(".txt"))
  .sort()
  .map((file) => parseServiceTable(basename(file, ".txt"), readFileSync(join(SERVICES, file), "utf8")));

const operations: readonly OperationTable[] = tables.flatMap((table) =>
  table.names.flatMap((name) => table.operation(name) ?? []),
);

// The AWS CLI's own index for its prompt, built from the same tables by other code: a check on our walk.
const INDEX = `
import json, sqlite3, sys
index = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
path = lambda command, parent: (parent + "." + command if parent else command).replace(".", " ")
found = {path(*row): [] for row in index.execute("select command, parent from command_table")}
for name, command, parent in index.execute("select argname, command, parent from param_table"):
    found[path(command, parent)].append(name)
json.dump(found, sys.stdout)
`;

const optionsOf = ({ options, operands }: OperationTable): readonly string[] =>
  [...options.keys(), ...operands.map(({ name }) => name)].sort();

const pathOf = ({ service, name }: OperationTable): string =>
  ["aws", service === "aws" ? "" : service, name].filter((word) => word !== "").join(" ");

// The CLI registers these when it builds the command that takes them, which its index was made without.
const LATE = new Map([["aws s3 sync", ["delete", "exact-timestamps", "size-only"]]]);

describe("the committed catalogue", () => {
  it("agrees with the AWS CLI's own index on every command and option", () => {
    const file = join(dirname(needAws()), "awscli", "data", "ac.index");
    const json = execFileSync("python3", ["-c", INDEX, file], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    // The program above prints exactly this.
    const index = JSON.parse(json) as Record<string, readonly string[]>;
    const ours = new Map(operations.map((operation) => [pathOf(operation), optionsOf(operation)]));
    const groups = new Set(
      [...ours.keys()].flatMap((path) => path.split(" ").map((_, at, all) => all.slice(0, at).join(" "))),
    );
    const theirs = new Map(Object.entries(index).map(([path, names]) => [path, [...names].sort()]));
    const expected = (path: string, names: readonly string[]) => [...names, ...(LATE.get(path) ?? [])].sort().join();
    const differ = [...theirs].filter(([path, names]) =>
      ours.has(path) ? ours.get(path)?.join() !== expected(path, names) : names.length > 0 || !groups.has(path),
    );
    expect(differ).toEqual([]);
    expect([...ours.keys()].filter((path) => !theirs.has(path))).toEqual([]);
    expect(theirs.size).toBe(19_828);
    expect([...theirs.values()].flat().length).toBe(137_778);
    expect([...ours.values()].flat().length).toBe(137_778 + [...LATE.values()].flat().length);
  });

  it("knows what an operation does but for services without access levels", () => {
    const unknown = operations.filter(({ call, levels }) => call.kind !== "custom" && levels.length === 0);
    expect([...new Set(unknown.map(({ service }) => service))]).toEqual([
      "agent-toolkit",
      "applicationcostprofiler",
      "cloudhsm",
      "codecatalyst",
      "connectparticipant",
      "finspace-data",
      "iotthingsgraph",
      "signin",
      "sso-oidc",
      "sso",
    ]);
    expect(unknown.length).toBe(150);
  });

  it("has an outfile for every operation whose answer streams", () => {
    const outfiles = operations.filter(({ operands }) => operands.some(({ mark }) => mark === "writes-file"));
    expect(outfiles.length).toBe(65);
  });

  it("marks what chooses the host", () => {
    const form = (service: string, operation: string, option: string): unknown => {
      const found = tables
        .find(({ name }) => name === service)
        ?.operation(operation)
        ?.options.get(option);
      return found?.host ?? found?.nested;
    };
    expect(form("neptune-graph", "get-query", "graph-identifier")).toBe("label");
    expect(form("machinelearning", "predict", "predict-endpoint")).toBe("url");
    expect(form("s3api", "write-get-object-response", "request-route")).toBe("label");
    expect(form("cloudfront-keyvaluestore", "get-key", "kvs-arn")).toBe("arn");
    expect(form("s3control", "get-bucket", "account-id")).toBe("account");
    expect(form("dynamodb", "batch-get-item", "request-items")).toBe("arn-keys");
    expect(form("dynamodb", "import-table", "table-creation-parameters")).toEqual(new Map([["TableName", "arn-host"]]));
  });

  it("marks roles inside structures and roles that hide behind other names", () => {
    const passes = (service: string, operation: string): readonly string[] =>
      [
        ...(tables
          .find(({ name }) => name === service)
          ?.operation(operation)
          ?.options.values() ?? []),
      ]
        .filter(({ mark, nested }) => mark === "role" || [...nested.values()].includes("role"))
        .map(({ name }) => name);
    expect(passes("ec2", "run-instances")).toEqual(["iam-instance-profile"]);
    expect(passes("ec2", "request-spot-fleet")).toEqual(["spot-fleet-request-config"]);
    expect(passes("batch", "register-job-definition")).toContain("container-properties");
    expect(passes("lambda", "create-function")).toEqual(["role"]);
    expect(passes("iam", "tag-role")).toEqual([]);
    expect(passes("bedrock-runtime", "converse")).toEqual([]);
  });
});

describe("the reviewed files", () => {
  const reviewed = readReviewed(join(import.meta.dirname, "../../../security"));
  const calls = (service: string, operation: string): readonly OperationTable[] =>
    operations.filter(
      (each) => each.service === service && each.call.kind === "api" && each.call.operation === operation,
    );
  const folderOf = (service: string): string | undefined => tables.find(({ name }) => name === service)?.model?.folder;

  it("have one row for each command of the CLI's own, and no other", () => {
    const custom = operations.flatMap(({ service, name, call }): [string, string][] =>
      call.kind === "custom" && service !== "aws" ? [[`${service} ${name}`.trim(), call.effect]] : [],
    );
    expect(new Map(reviewed.commands.map(({ command, effect }) => [command, effect]))).toEqual(new Map(custom));
    expect(reviewed.commands.length).toBe(custom.length);
  });

  it("give levels only to operations that AWS gives none", () => {
    for (const { service, levels, operations: names } of reviewed.levels)
      for (const name of names)
        expect([name, ...calls(service, name).map((each) => each.levels)]).toEqual([name, levels]);
  });

  it("name hosts and secrets that are there", () => {
    const hosts = new Set(
      operations.flatMap(({ service, options }) =>
        [...options.values()].flatMap(({ host, member }) =>
          host === undefined ? [] : `${folderOf(service)} ${member}`,
        ),
      ),
    );
    expect(reviewed.hosts.members.filter(({ model, member }) => !hosts.has(`${model} ${member}`))).toEqual([]);
    const secrets = new Set(
      operations.flatMap(({ service, secrets }) => secrets.map((member) => `${folderOf(service)} ${member}`)),
    );
    expect(reviewed.secrets.also.filter(({ model, member }) => !secrets.has(`${model} ${member}`))).toEqual([]);
  });
});
