import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compileServices } from "../../src/catalogue/compile-services.js";
import { parseServiceTable } from "../../src/catalogue/parse-service-table.js";
import { openCatalogue } from "../../src/catalogue/read-service-table.js";

const COMMITTED = join(import.meta.dirname, "../../grammar/aws/services");

const TEXT = `@awspipe-services 1 aws-cli 9.9.9
@model zoo 2020-01-01 zoo-signing zoo P
@values Kind lion|polar%20bear
@nested Cage a=KeeperAccount;r=KeeperRole,RoleArn
. =local - remote:q
feed Feed ? <outfile:s!=@o !Secret,Token *.Note,Food ^{Zoo}. amount:i!- kinds:[s&Kind zoo:s!=ZooName^label
feed-all FeedAll PW /gjz cage:[m{Cage} dry-run:b force:q~gentle
keeper/get =read - <names:s#+ mode:s+|a|b
wait/fed ~DescribeFed RL /gjy
`;

const zoo = parseServiceTable("zoo", TEXT);

const plain = {
  words: 1,
  required: false,
  hidden: false,
  appends: false,
  twin: undefined,
  member: undefined,
  choices: undefined,
  known: undefined,
  mark: undefined,
  host: undefined,
  nested: new Map(),
} as const;

describe("parseServiceTable", () => {
  it("names every command, the service itself by the empty name", () => {
    expect(zoo.names).toEqual(["", "feed", "feed-all", "keeper get", "wait fed"]);
    expect(zoo.model).toEqual({
      folder: "zoo",
      apiVersion: "2020-01-01",
      signingName: "zoo-signing",
      iamPrefix: "zoo",
    });
  });

  it("reads an API operation with operands, secrets, sensitive members and a host prefix", () => {
    expect(zoo.operation("feed")).toEqual({
      service: "zoo",
      name: "feed",
      call: { kind: "api", operation: "Feed" },
      levels: [],
      operands: [{ ...plain, name: "outfile", type: { kind: "string" }, required: true, mark: "writes-file" }],
      secrets: ["Secret", "Token"],
      sensitive: [".Note", "Food"],
      hostPrefix: "{Zoo}.",
      options: new Map([
        [
          "amount",
          { ...plain, name: "amount", type: { kind: "integer" }, required: true, hidden: true, member: "Amount" },
        ],
        [
          "kinds",
          {
            ...plain,
            name: "kinds",
            type: { kind: "list", element: { kind: "string" } },
            words: "*",
            member: "Kinds",
            known: ["lion", "polar bear"],
          },
        ],
        ["zoo", { ...plain, name: "zoo", type: { kind: "string" }, required: true, member: "ZooName", host: "label" }],
      ]),
    });
  });

  it("gives a flag and its opposite as two options", () => {
    const options = zoo.operation("feed-all")?.options;
    const flag = { ...plain, type: { kind: "flag" }, words: 0 };
    expect(options?.get("dry-run")).toEqual({ ...flag, name: "dry-run", twin: "no-dry-run", member: "DryRun" });
    expect(options?.get("no-dry-run")).toEqual({ ...flag, name: "no-dry-run", twin: "dry-run", member: "DryRun" });
    expect(options?.get("gentle")).toEqual({ ...flag, name: "gentle", twin: "force", member: "Force" });
  });

  it("knows the options that many commands share", () => {
    const { options, levels } = zoo.operation("feed-all") ?? {};
    expect([...(options?.keys() ?? [])].slice(0, 3)).toEqual(["generate-cli-skeleton", "cli-input-json", "page-size"]);
    expect(options?.get("generate-cli-skeleton")?.words).toBe("?");
    expect(levels).toEqual(["Permissions", "Write"]);
  });

  it("marks members inside a structure by their names", () => {
    expect(zoo.operation("feed-all")?.options.get("cage")?.nested).toEqual(
      new Map([
        ["KeeperAccount", "account"],
        ["KeeperRole", "role"],
        ["RoleArn", "role"],
      ]),
    );
  });

  it("gives the CLI's own commands their effect and no members", () => {
    const command = zoo.operation("keeper get");
    expect(command?.call).toEqual({ kind: "custom", effect: "read" });
    expect(command?.operands.map(({ words }) => words)).toEqual(["+"]);
    expect(command?.options.get("mode")).toEqual({
      ...plain,
      name: "mode",
      type: { kind: "string" },
      appends: true,
      choices: ["a", "b"],
    });
    expect(zoo.operation("")?.options.has("remote")).toBe(true);
    expect(zoo.operation("wait fed")?.call).toEqual({ kind: "waiter", operation: "DescribeFed" });
  });

  it("finds nothing for what is no command's whole name", () => {
    for (const name of [
      "fee",
      "feed ",
      "Feed",
      "keeper",
      "keeper/get",
      "@model",
      "@values Kind",
      ".",
      "feed-all\nfeed",
      "constructor",
    ])
      expect([name, zoo.operation(name)]).toEqual([name, undefined]);
  });

  it("refuses a file of another format and a token that is none", () => {
    expect(() => parseServiceTable("zoo", TEXT.replace(" 1 ", " 2 "))).toThrow("has another format");
    for (const token of ["x", "x:!", "x:z", "x:s@q", "x:s^moon", "x:s&Gone", "x:s{Gone}", "x:s#many"])
      expect(() => parseServiceTable("zoo", `${TEXT}bad Bad R ${token}\n`).operation("bad")).toThrow();
  });
});

describe("openCatalogue", () => {
  const folder = mkdtempSync(join(tmpdir(), "awspipe-services-"));
  const compiled = join(folder, "compiled");
  beforeAll(() => compileServices(COMMITTED, compiled));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("holds every committed service and the global options", () => {
    const files = readdirSync(COMMITTED).filter((file) => file.endsWith(".txt"));
    const catalogue = openCatalogue(compiled);
    expect([...catalogue.services, "aws"].sort()).toEqual(files.map((file) => basename(file, ".txt")).sort());
    expect(catalogue.globals.options.get("output")?.choices).toContain("yaml-stream");
    expect(catalogue.service("aws")).toBeUndefined();
    expect(catalogue.service("../services/ec2")).toBeUndefined();
  });

  it("refuses a file, an index or a hash that was changed", () => {
    const few = join(folder, "few");
    mkdirSync(few);
    for (const name of ["aws", "s3"]) cpSync(join(COMMITTED, `${name}.txt`), join(few, `${name}.txt`));
    for (const file of ["s3.txt", "index.txt", "index.sha256"]) {
      const changed = join(folder, `changed-${file}`);
      compileServices(few, changed);
      writeFileSync(join(changed, file), readFileSync(join(compiled, file), "utf8").replace(/\w/, "z"));
      expect(() => openCatalogue(changed).service("s3")).toThrow("is not what its hash says");
    }
  });

  it("loads the largest service within a few milliseconds", () => {
    openCatalogue(compiled).service("s3")?.operation("cp");
    const start = process.cpuUsage();
    expect(openCatalogue(compiled).service("ec2")?.operation("run-instances")?.options.size).toBeGreaterThan(50);
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1000;
    console.log(`opening the catalogue, ec2 and its run-instances: ${took.toFixed(2)} ms`);
    expect(took).toBeLessThan(50);
  });
});
