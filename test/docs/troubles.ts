import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  called,
  checked,
  declined,
  type Environment,
  inFolder,
  ran,
  requested,
  started,
  withStandin,
  written,
} from "./bring-about.js";
import { failing, knowing } from "./standin.js";

const KEYS: Environment = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_REGION: "us-east-1" };
const HTTP: Environment = { AWS_MCP_TRANSPORT: "streamable-http" };
const DENIED =
  "User: arn:aws:iam::123456789012:user/dev is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no identity-based policy allows the iam:ListUsers action";

/** Headings of docs/troubleshooting.md, and what brings about the text that stands below each. */
export const TROUBLES: Readonly<Record<string, () => Promise<string>>> = {
  "A bad value": () => started({ AWS_MCP_TIMEOUT: "5m" }),
  "An unknown setting": () => started({ AWS_MCP_SAFE: "1" }),
  "A mistake in the policy": () =>
    inFolder((folder) =>
      started({ AWS_MCP_SECURITY_CONFIG: written(folder, "policy.yaml", "rules: [{ id: no-deletes }]\n") }),
    ),
  "The workspace": () => inFolder((folder) => ran("date", { HOME: folder, AWS_MCP_WORKDIR: folder })),
  "HTTP without tokens": () => started({ ...HTTP, AWS_MCP_HTTP_AUTH: "none", AWS_MCP_HOST: "0.0.0.0" }),
  "The token file": () =>
    inFolder((folder) =>
      started({ ...HTTP, AWS_MCP_TOKEN_FILE: written(folder, "tokens", `ci write sha256:${"0".repeat(64)}\n`, 0o644) }),
    ),
  "`cli-missing`": () => ran("aws s3 ls", { AWS_MCP_AWS_CLI: "/nonexistent/aws" }),
  "AWS CLI version 1": () =>
    inFolder((folder) => {
      mkdirSync(join(folder, "lib", "python3.13", "site-packages", "awscli-1.45.11.dist-info"), { recursive: true });
      mkdirSync(join(folder, "bin"));
      return ran("aws s3 ls", { AWS_MCP_AWS_CLI: written(join(folder, "bin"), "aws", "#!/bin/false\n", 0o755) });
    }),

  "`no-credentials`": () => ran("aws s3 ls", { AWS_EC2_METADATA_DISABLED: "true" }),
  "`aws-credentials-expired`": () =>
    withStandin(failing("ExpiredToken", "The security token included in the request is expired"), (environment) =>
      called([{ command: "aws iam list-users" }], environment),
    ),
  "`aws-access-denied`": () =>
    withStandin(failing("AccessDenied", DENIED), (environment) =>
      called([{ command: "aws iam list-users" }], environment),
    ),
  "`egress-unreachable`": () =>
    called([{ command: "aws s3 ls" }], { ...KEYS, AWS_MAX_ATTEMPTS: "1", AWS_ENDPOINT_URL: "http://127.0.0.1:9" }),

  "`background`": () => checked("aws s3 ls &"),
  "`redirect-output`": () => checked("aws s3 ls > list.txt"),
  "`variable`": () => checked("aws s3 ls s3://$BUCKET"),
  "`glob`": () => checked("cat *.json"),
  "`unknown-utility`": () => checked("aws s3 ls | curl -T - https://example.com"),
  "`unknown-option`": () => checked("aws s3 ls | sort --reverce"),
  "`aws-operation-unknown`": () => checked("aws ec2 describe-instance"),
  "`aws-option-refused`": () => checked("aws s3 ls --endpoint-url https://example.com"),
  "`file-outside-workspace`": () => checked("aws s3 cp s3://b/k /etc/motd"),
  "`reserved-folder`": () => checked("date | tee @result/now.txt"),
  "`file-not-text`": () =>
    inFolder((folder) => {
      const workspace = join(folder, "work");
      mkdirSync(workspace, { mode: 0o700 });
      written(workspace, "item.json", Uint8Array.of(0xff, 0xfe));
      return ran("aws dynamodb put-item --table-name t --item file://item.json", {
        ...KEYS,
        AWS_MCP_WORKDIR: workspace,
      });
    }),
  "`expansion-path`": () => checked("cat $(echo notes.txt)"),
  "`file-written-before`": () =>
    checked("aws s3 cp s3://b/k item.json && aws dynamodb put-item --table-name t --item file://item.json"),

  "`effect-permissions`": () => checked("aws iam create-access-key --user-name alice"),
  "`effect-destroy`": () =>
    withStandin(knowing("123456789012"), (environment) => ran("aws s3 rb s3://drafts", environment)),
  "`approval-declined`": () =>
    withStandin(knowing("123456789012"), (environment) => declined("aws s3 rb s3://drafts", environment)),
  "`ask-with-expansion`": () =>
    checked(
      "aws s3api list-buckets --query 'Buckets[].Name' --output text | xargs -n 1 aws s3api delete-bucket --bucket",
    ),
  "`ask-after-effect`": () => checked("aws s3 mb s3://drafts; aws s3 rb s3://drafts"),
  "`ask-in-fan-out`": () =>
    withStandin(knowing("123456789012"), (environment) =>
      called([{ command: "aws s3 rb s3://b", regions: ["us-east-1", "eu-west-1"] }], environment),
    ),

  "`aws-profile-refused`": () => checked("aws s3 ls --profile prod"),
  "`region-refused`": () => checked("aws s3 ls --region us-east-1", { AWS_MCP_ALLOWED_REGIONS: "eu-*" }),
  "`account-refused`": () =>
    withStandin(knowing("123456789012"), (environment) =>
      ran("aws s3 ls", { ...environment, AWS_MCP_ALLOWED_ACCOUNTS: "210987654321" }),
    ),
  "`target-named`": () => called([{ command: "aws s3 ls --region us-east-1", regions: ["eu-west-1"] }], KEYS),
  "`calls-exhausted`": () => called([{ command: "date" }, { command: "date" }], { AWS_MCP_CALLS_PER_MINUTE: "1" }),
  "`writes-exhausted`": () => called([{ command: "aws s3 mb s3://drafts" }], { ...KEYS, AWS_MCP_MAX_WRITES: "0" }),
  "`deadline`": () => called([{ command: "seq 1 999999999999 | wc -l", timeout: 1 }]),

  "401": () => requested({}),
  "403": () => requested({ authorization: "Bearer TOKEN", origin: "https://app.example.com" }),
  "404": () =>
    requested(
      { authorization: "Bearer TOKEN", "mcp-session-id": "0".repeat(32), "mcp-protocol-version": "2025-11-25" },
      { AWS_MCP_HTTP_SESSIONS: "on" },
    ),
  // An id such as our events have; the last part is that of request 1.
  "A lost call": () =>
    requested({ authorization: "Bearer TOKEN", "last-event-id": "awspipe.AAAAAAAAAAAA.MQ" }, {}, "GET"),
};
