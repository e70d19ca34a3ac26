import { describe, expect, it } from "vitest";
import { compileEffects } from "../../../src/catalogue/generate/effect-compile.js";
import { securityFile, subjects } from "./committed.js";

const { effects, problems } = compileEffects(subjects, securityFile("effects.yaml"));

const all = Object.entries(effects).flatMap(([service, operations]) =>
  Object.entries(operations).map(([operation, { effect }]) => ({ name: `${service}:${operation}`, operation, effect })),
);

const effectOf = (name: string): string | undefined => {
  const [service = "", operation = ""] = name.split(":");
  return effects[service]?.[operation]?.effect;
};

const counted = (): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { effect } of all) counts[effect] = (counts[effect] ?? 0) + 1;
  return counts;
};

describe("security/effects.yaml", () => {
  it("fits the operations that exist", () => {
    expect(problems).toEqual([]);
  });

  it("gives every operation and every waiter one effect", () => {
    expect(all.length).toBe(subjects.length);
    expect(subjects.filter(({ service, operation }) => effects[service]?.[operation] === undefined)).toEqual([]);
  });

  // Whoever changes a row sees here how far it reaches.
  it("comes to these numbers", () => {
    expect(counted()).toEqual({
      read: 8274,
      write: 5738,
      "sensitive-read": 460,
      egress: 548,
      destroy: 2266,
      execute: 548,
      permissions: 793,
      disarm: 452,
      local: 3,
      unknown: 140,
    });
  });

  it("lets nothing that is called a change pass for a read, but for what starts or stops a query", () => {
    const changes = /^(create|update|put|modify|delete|start|stop|send|run|execute|cancel|terminate)-/;
    expect(
      all
        .filter(({ operation, effect }) => effect === "read" && changes.test(operation))
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      "deadline:start-sessions-statistics-aggregation",
      "devops-guru:start-cost-estimation",
      "dynamodb:execute-statement",
      "dynamodb:execute-transaction",
      "internetmonitor:start-query",
      "internetmonitor:stop-query",
      "iotsitewise:execute-query",
      "iottwinmaker:execute-query",
      "logs:start-query",
      "logs:stop-query",
      "mediaconvert:start-jobs-query",
      "service-quotas:start-quota-utilization-report",
      "ssm:start-execution-preview",
      "xray:cancel-trace-retrieval",
      "xray:start-trace-retrieval",
    ]);
  });

  it.each([
    "ec2:describe-instances",
    "iam:get-user",
    "iam:list-access-keys",
    "rds:describe-db-instances",
    "ecs:describe-task-definition",
    "ecs:describe-tasks",
    "cloudformation:describe-stacks",
    "cloudformation:get-template",
    "eks:describe-cluster",
    "lambda:list-functions",
    "logs:get-log-events",
    "logs:filter-log-events",
    "logs:start-query",
    "s3api:get-object",
    "s3api:list-objects-v2",
    "secretsmanager:list-secrets",
    "secretsmanager:describe-secret",
    "ssm:get-parameter",
    "sts:get-caller-identity",
    "dynamodb:scan",
    "sqs:receive-message",
    "kms:describe-key",
    "codebuild:batch-get-builds",
    "elbv2:describe-listeners",
    "cloudtrail:lookup-events",
    "lambda:wait function-active-v2",
  ])("leaves the everyday read %s a read", (name) => {
    expect(effectOf(name)).toBe("read");
  });

  it.each([
    "ec2:run-instances",
    "ec2:start-instances",
    "ec2:stop-instances",
    "ec2:create-tags",
    "ec2:create-security-group",
    "ec2:authorize-security-group-ingress",
    "s3api:put-object",
    "s3api:create-bucket",
    "s3api:put-bucket-versioning",
    "dynamodb:put-item",
    "dynamodb:create-table",
    "sqs:send-message",
    "sqs:delete-message",
    "cloudwatch:put-metric-alarm",
    "logs:create-log-group",
    "ssm:put-parameter",
    "rds:create-db-instance",
    "ecs:update-service",
    "ecr:create-repository",
    "sns:create-topic",
    "elbv2:register-targets",
    "kms:create-key",
    "kms:cancel-key-deletion",
    "guardduty:create-detector",
    "cloudtrail:start-logging",
    "athena:start-query-execution",
    "autoscaling:set-desired-capacity",
    "autoscaling:put-scaling-policy",
    "cloudwatch:put-dashboard",
    "cloudwatch:enable-alarm-actions",
    "ec2:create-fleet",
    "ec2:revoke-security-group-ingress",
    "elbv2:create-listener",
    "elbv2:create-rule",
    "elbv2:modify-listener",
    "rds:modify-db-parameter-group",
    "route53resolver:create-resolver-endpoint",
  ])("leaves the everyday change %s a write", (name) => {
    expect(effectOf(name)).toBe("write");
  });

  // Classes of names: a new operation of the kind must not slip in as a read or a plain write.
  it.each([
    ["an invitation or a handshake that binds accounts", /^(accept|create)-.*(invitation|handshake)/, "permissions"],
    ["a member of somebody's organization", /^(create|invite)-members?$/, "permissions"],
    ["an export", /^(start|create)-.*export|^export-.*-recommendations$/, "egress"],
    ["a stream of events", /^(create|update)-.*event-destination$/, "egress"],
    ["a limit of spending", /spend-limit-override$/, "destroy"],
    ["a filter in the place of another", /^(associate|update)-.*web-acl$/, "destroy"],
  ])("has no milder effect for what is called %s", (_, pattern, effect) => {
    const ranks = ["read", "write", "sensitive-read", "egress", "destroy", "execute", "permissions", "disarm"];
    const called = all.filter(({ operation }) => pattern.test(operation));
    expect(called.length).toBeGreaterThan(1);
    expect(called.filter((each) => ranks.indexOf(each.effect) < ranks.indexOf(effect)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  // What a hostile reader found milder than its siblings.
  it.each([
    ["sensitive-read", "cognito-idp:describe-identity-provider directconnect:describe-router-configuration"],
    ["sensitive-read", "emr-serverless:get-dashboard-for-job-run invoicing:get-invoice-pdf devicefarm:list-artifacts"],
    ["sensitive-read", "inspector:get-assessment-report transcribe:get-transcription-job"],
    ["sensitive-read", "kafkaconnect:describe-connector sagemaker:describe-studio-lifecycle-config"],
    ["sensitive-read", "sagemaker:describe-notebook-instance-lifecycle-config"],
    ["egress", "ec2:start-declarative-policies-report ec2:get-flow-logs-integration-template redshift:enable-logging"],
    [
      "egress",
      "workmail:test-availability-configuration wafv2:put-logging-configuration servicediscovery:register-instance",
    ],
    ["egress", "datazone:put-data-export-configuration codeartifact:associate-external-connection"],
    ["egress", "route53resolver:update-resolver-rule cloudfront:create-distribution connect:start-email-contact"],
    ["destroy", "mturk:send-bonus marketplace-agreement:accept-agreement-request bedrock-agentcore:process-payment"],
    ["destroy", "acm:revoke-certificate signer:revoke-signature freetier:upgrade-account-plan"],
    ["execute", "datazone:start-notebook-run ssm:register-target-with-maintenance-window iotsitewise:execute-action"],
    ["execute", "events:enable-rule iot:enable-topic-rule cloudwatch:set-alarm-state qbusiness:chat-sync"],
    ["execute", "iotwireless:send-data-to-wireless-device iot-managed-integrations:send-managed-thing-command"],
    ["execute", "stepfunctions:send-task-success opensearch:update-package iot:test-invoke-authorizer"],
    [
      "permissions",
      "elbv2:set-security-groups efs:modify-mount-target-security-groups ec2:associate-security-group-vpc",
    ],
    ["permissions", "connect:associate-security-profiles logs:put-bearer-token-authentication"],
    ["permissions", "bedrock-agentcore:complete-resource-token-auth apigateway:update-authorizer"],
    ["permissions", "globalaccelerator:allow-custom-routing-traffic networkmanager:execute-core-network-change-set"],
    ["disarm", "secretsmanager:cancel-rotate-secret codeartifact:put-package-origin-configuration"],
    ["disarm", "iot:put-verification-state-on-violation"],
    ["write", "configservice:deliver-config-snapshot"],
  ])("calls what was milder than its siblings %s: %s", (effect, names) => {
    expect(names.split(" ").map((name) => [name, effectOf(name)])).toEqual(
      names.split(" ").map((name) => [name, effect]),
    );
  });

  // What the rules that awspipe descends from refused by the beginning of the text.
  it.each([
    [
      "permissions",
      "iam:create-user iam:create-access-key iam:attach-user-policy iam:attach-role-policy iam:attach-group-policy",
    ],
    [
      "permissions",
      "iam:create-policy iam:put-user-policy iam:put-role-policy iam:put-group-policy iam:create-login-profile",
    ],
    [
      "permissions",
      "iam:update-access-key iam:update-assume-role-policy iam:remove-role-from-instance-profile iam:update-role",
    ],
    [
      "permissions",
      "iam:create-virtual-mfa-device iam:delete-user iam:delete-role iam:delete-group iam:delete-access-key",
    ],
    ["disarm", "iam:deactivate-mfa-device iam:delete-account-password-policy iam:delete-virtual-mfa-device"],
    [
      "permissions",
      "organizations:create-account organizations:remove-account-from-organization organizations:create-policy",
    ],
    ["permissions", "organizations:attach-policy"],
    ["disarm", "organizations:leave-organization organizations:disable-policy-type"],
    ["sensitive-read", "sts:assume-role sts:get-session-token sts:get-federation-token"],
    ["permissions", "secretsmanager:put-secret-value secretsmanager:update-secret secretsmanager:restore-secret"],
    ["destroy", "secretsmanager:delete-secret cloudwatch:delete-dashboards"],
    ["disarm", "kms:schedule-key-deletion kms:disable-key"],
    ["permissions", "kms:create-grant kms:revoke-grant"],
    [
      "disarm",
      "cloudtrail:delete-trail cloudtrail:stop-logging cloudtrail:update-trail cloudtrail:put-event-selectors",
    ],
    ["disarm", "cloudwatch:delete-alarms cloudwatch:disable-alarm-actions"],
    ["disarm", "configservice:delete-configuration-recorder configservice:stop-configuration-recorder"],
    ["disarm", "configservice:delete-delivery-channel configservice:delete-remediation-configuration"],
    ["disarm", "guardduty:delete-detector guardduty:disable-organization-admin-account guardduty:update-detector"],
    ["permissions", "s3api:put-bucket-policy s3api:put-bucket-acl s3api:delete-bucket-policy"],
    ["disarm", "s3api:delete-bucket-encryption s3api:put-public-access-block"],
  ])("calls what was refused by name %s: %s", (effect, names) => {
    expect(names.split(" ").map((name) => [name, effectOf(name)])).toEqual(
      names.split(" ").map((name) => [name, effect]),
    );
  });
});
