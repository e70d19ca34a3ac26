import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.js";
import { findService, type Service } from "../../../src/server/prompts/find-service.js";
import { genericReads } from "../../../src/server/prompts/generic-reads.js";
import { ruleBook } from "../../policy/rule-book.js";

const book = ruleBook();

const service = (name: string): Service => {
  const found = findService(name, book.catalogue);
  if (found === undefined) throw new Error(`no service is named ${name}`);
  return found;
};

describe("genericReads", () => {
  it("lists what a service is about, with what belongs to it behind", () => {
    expect(genericReads(service("athena"), book)).toEqual([
      "aws athena list-work-groups",
      "aws athena list-data-catalogs",
      "aws athena list-named-queries",
      "aws athena list-query-executions",
      "aws athena list-application-dpu-sizes",
      "aws athena list-capacity-reservations",
    ]);
  });

  it("adds options", () => {
    expect(genericReads(service("sqs"), book, " --region eu-west-1")).toEqual([
      "aws sqs list-queues --region eu-west-1",
    ]);
  });

  it("asks for nothing that wants one thing to be named, though no option is required", () => {
    const names = (name: string) => genericReads(service(name), book).map((command) => command.split(" ")[2]);
    expect(names("stepfunctions")).toEqual(["list-activities", "list-state-machines"]);
    expect(names("efs")).toContain("describe-file-systems");
    expect(names("efs")).not.toContain("describe-mount-targets");
    expect(names("kinesis")).toEqual(["list-streams", "describe-limits", "describe-account-settings"]);
    expect(names("wafv2")).not.toContain("get-web-acl");
  });

  it("begins with what a service is about where an option is needed for it", () => {
    expect(genericReads(service("wafv2"), book, " --region eu-west-1")[0]).toBe(
      "aws wafv2 list-web-acls --scope REGIONAL --region eu-west-1",
    );
    expect(genericReads(service("cognito"), book)).toEqual(["aws cognito-idp list-user-pools --max-results 60"]);
    expect(genericReads(service("workspaces"), book)[0]).toBe("aws workspaces describe-workspaces");
  });

  it("asks for nothing that needs an option or holds a secret", () => {
    expect(genericReads(service("amplify"), book)).toEqual([]);
    const commands = ["glue", "bedrock", "transfer", "connect", "kafka"].flatMap((name) =>
      genericReads(service(name), book),
    );
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter((command) => check(command, book).verdict !== "allow")).toEqual([]);
  });
});
