import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROMPTS } from "../../../src/server/prompts/register-prompts.js";
import { connectLegacy, connectModern, type PromptClient } from "./prompt-clients.js";
import { render } from "./rendered.js";

/** The parameters of each prompt; one that need not be given stands with its value. */
const SURFACE = [
  ["create_resource", "resource_type", "resource_name"],
  ["security_audit", "service"],
  ["cost_optimization", "service"],
  ["resource_inventory", "service", "region=all"],
  ["troubleshoot_service", "service", "resource_id"],
  ["iam_policy_generator", "service", "actions", "resource_pattern=*"],
  ["service_monitoring", "service", "metric_type=performance"],
  ["disaster_recovery", "service", "recovery_point_objective=1 hour"],
  ["compliance_check", "compliance_standard", "service=all"],
  ["resource_cleanup", "service", "criteria=unused"],
  ["serverless_deployment", "application_name", "runtime=python3.13"],
  ["container_orchestration", "cluster_name", "service_type=fargate"],
  ["vpc_network_design", "vpc_name", "cidr_block=10.0.0.0/16"],
  ["infrastructure_automation", "resource_type", "automation_scope=deployment"],
  ["security_posture_assessment"],
  ["performance_tuning", "service", "resource_id"],
  ["multi_account_governance", "account_type=organization"],
];

it("knows the parameters and standard values of every prompt", () => {
  const surface = PROMPTS.map(({ name, parameters }) => [
    name,
    ...Object.entries(parameters).map(([each, { standard }]) =>
      standard === undefined ? each : `${each}=${standard}`,
    ),
  ]);
  expect(surface).toEqual(SURFACE);
});

describe.each([
  ["2.x", connectModern, "2026-07-28"],
  ["1.x", connectLegacy, undefined],
] as const)("prompts, by a client of version %s", (_, connect, protocol) => {
  let client: PromptClient;
  beforeAll(async () => {
    client = await connect();
  });
  afterAll(() => client.close());

  it("are spoken of in its protocol, and never said to change", () => {
    expect(client.protocol).toBe(protocol);
    expect(client.capabilities()).toMatchObject({ prompts: { listChanged: false }, completions: {} });
  });

  it("are listed with title, description and arguments", async () => {
    const listed = (await client.list()) as readonly Listed[];
    expect(
      listed.map(({ name, arguments: args = [] }) => [name, ...args.map((each) => [each.name, each.required])]),
    ).toEqual(
      SURFACE.map(([name, ...parameters]) => [
        name,
        ...parameters.map((each) => [each.replace(/=.*/, ""), !each.includes("=")]),
      ]),
    );
    for (const { title, description, arguments: args = [] } of listed) {
      expect(title).toMatch(/^[A-Z][^.]{5,50}$/);
      expect(description).toMatch(/^[A-Z][^.]{30,140}$/);
      for (const each of args) expect(each.description).toMatch(/^[a-z].{8,}/);
    }
    expect(listed.find(({ name }) => name === "resource_inventory")?.arguments?.[1]).toEqual({
      name: "region",
      description: "a region's code such as eu-west-1, or all; all if left out",
      required: false,
    });
  });

  it("answer with one text of the user's", async () => {
    for (const [name, given] of [
      ["security_posture_assessment", {}],
      ["security_audit", { service: "s3" }],
      ["vpc_network_design", { vpc_name: "main", cidr_block: "10.1.0.0/16" }],
    ] as const) {
      const description = PROMPTS.find((each) => each.name === name)?.description;
      expect(await client.get(name, given)).toMatchObject({
        description,
        messages: [{ role: "user", content: { type: "text", text: render([name, given]) } }],
      });
    }
  });

  it("take the standard value where nothing or an empty text is given", async () => {
    const left = await client.get("resource_inventory", { service: "s3" });
    expect(await client.get("resource_inventory", { service: "s3", region: "" })).toEqual(left);
    expect(await client.get("resource_inventory", { service: "s3", region: " all " })).toEqual(left);
  });

  it.each([
    ["service: must be text", "security_audit", {}],
    ["service: is empty; this argument must be given", "security_audit", { service: "" }],
    ["service: is empty; this argument must be given", "security_audit", { service: "  " }],
    ["service: holds a tab or a newline; send one line", "security_audit", { service: "s3\nrm" }],
    ["service: holds a tab or a newline; send one line", "security_audit", { service: "s3\t" }],
    ["service: holds a carriage return (U+000D); send one line of plain text", "security_audit", { service: "s3\r" }],
    ["service: holds the control character U+001B; send one", "security_audit", { service: "\u001b[1m" }],
    ["service: holds the bidirectional control U+202E; send one", "security_audit", { service: "a\u202eb" }],
    ["service: holds a NUL character (U+0000); send one", "security_audit", { service: "\0" }],
    ["service: is longer than 200 characters; shorten it", "security_audit", { service: "x".repeat(201) }],
    ["region: holds a tab or a newline; send one line", "resource_inventory", { service: "s3", region: "\n" }],
    [
      "id: names a file; send the value itself",
      "performance_tuning",
      { service: "s3", resource_id: "file:///etc/passwd" },
    ],
    ['Unrecognized key: "region"', "security_audit", { service: "s3", region: "all" }],
  ])("refuse what is wrong: %s", async (message, name, given) => {
    const refused = await client.get(name, given).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: -32602, message: expect.stringContaining(message) });
  });

  it("refuse a prompt that does not exist", async () => {
    await expect(client.get("constructor")).rejects.toMatchObject({ code: -32602 });
    await expect(client.get("security_audits")).rejects.toMatchObject({ code: -32602 });
  });

  it.each([
    ["security_audit", "service", "dyn", ["dynamodb", "dynamodbstreams"]],
    ["security_audit", "service", "S3C", ["s3control"]],
    ["security_audit", "service", "smanager", ["secretsmanager"]],
    ["security_audit", "service", "nothing like it", []],
    ["resource_inventory", "region", "eu-", ["eu-central-1", "eu-west-1"]],
    ["resource_inventory", "region", "", ["all", "eu-central-1", "eu-west-1", "us-east-1", "us-west-2"]],
    ["service_monitoring", "metric_type", "err", ["errors"]],
    ["disaster_recovery", "recovery_point_objective", "1 d", ["1 day"]],
    ["compliance_check", "compliance_standard", "nist", ["NIST SP 800-53", "NIST SP 800-171", "NIST CSF"]],
    ["resource_cleanup", "criteria", "un", ["unused", "untagged"]],
    [
      "serverless_deployment",
      "runtime",
      "python3.1",
      ["python3.13", "python3.15", "python3.14", "python3.12", "python3.11", "python3.10"],
    ],
    ["security_audit", "service", "eventb", ["eventbridge"]],
    ["security_audit", "service", "Parameter", ["parameter-store"]],
    ["security_audit", "service", "alb", ["alb"]],
    ["compliance_check", "service", "all", ["all", "network-firewall", "snowball"]],
    ["container_orchestration", "service_type", "", ["fargate", "ec2", "eks"]],
    ["infrastructure_automation", "automation_scope", "s", ["scaling", "scheduling"]],
    ["multi_account_governance", "account_type", "sec", ["security"]],
    ["create_resource", "resource_type", "s3", ["s3-bucket"]],
    ["create_resource", "resource_name", "x", []],
    ["security_posture_assessment", "anything", "x", []],
  ])("complete %s, %s: %j", async (name, argument, value, values) => {
    expect((await client.complete(name, argument, value)).values.slice(0, values.length + 10)).toEqual(values);
  });

  it("offers the standard value of a service that need not be given", async () => {
    const { values } = await client.complete("compliance_check", "service", "");
    expect(values.slice(0, 3)).toEqual(["all", "s3", "ec2"]);
  });

  it("offers the services that are asked about most first, a hundred at a time", async () => {
    const { values, total, hasMore } = await client.complete("security_audit", "service", "");
    expect(values.slice(0, 5)).toEqual(["s3", "ec2", "rds", "lambda", "iam"]);
    expect([values.length, hasMore]).toEqual([100, true]);
    expect(total).toBeGreaterThan(400);
  });

  it("completes actions by the service that is filled in, behind those that stand there", async () => {
    const actions = (value: string, service = "s3") =>
      client.complete("iam_policy_generator", "actions", value, { service }).then(({ values }) => values);
    expect(await actions("s3:getobjecta")).toEqual([
      "s3:GetObjectAcl",
      "s3:GetObjectAnnotation",
      "s3:GetObjectAttributes",
    ]);
    expect(await actions("s3:PutObject,s3:GetObjectAt")).toEqual(["s3:PutObject,s3:GetObjectAttributes"]);
    expect(await actions("x", "no such service")).toEqual([]);
    expect((await client.complete("iam_policy_generator", "actions", "s3:")).values).toEqual([]);
  });
});

type Listed = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments?: readonly { readonly name: string; readonly description: string; readonly required: boolean }[];
};
