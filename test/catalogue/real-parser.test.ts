import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { canonicalArgv } from "../../src/catalogue/command/canonical.js";
import { readCommand } from "../../src/catalogue/command/read-command.js";
import { needAws } from "../provision/needs.js";
import { catalogue } from "./effects/committed.js";

// Both spellings go to the real CLI, which sends them to a server that only listens; the requests must be the same.
const COMMANDS: readonly (readonly string[])[] = [
  [
    "--output",
    "json",
    "ec2",
    "--region",
    "us-east-1",
    "describe-instances",
    "--instance-ids",
    "i-1",
    "i-2",
    "--dry-run",
  ],
  ["ec2", "describe-instances", "--filters", "Name=tag:a b,Values=c d", "--max-items", "5"],
  ["s3", "ls", "--recursive", "--output", "json", "s3://bucket/some prefix/", "--page-size", "7"],
  ["s3api", "list-objects-v2", "--bucket", "b-1", "--prefix", "", "--max-keys=3", "--start-after=--x"],
  ["cloudwatch", "describe-alarms", "--alarm-names", "a=b", "-5", "--color", "off", "--query=a[?b=='c d']"],
  ["glacier", "describe-vault", "--account-id", "-", "--vault-name", "v"],
  [
    "--no-paginate",
    "dynamodb",
    "get-item",
    "--table-name",
    "t",
    "--key",
    '{"id": {"S": "a b"}}',
    "--no-consistent-read",
  ],
  ["ec2", "describe-instances", "--instance-ids", "i-1", "--output", "json", "i-2"],
  ["s3", "ls", "--page-size", "--output", "json", "5"],
  ["ec2", "describe-instances", "--instance-ids", "i-1", "file:///etc/passwd"],
  ["ec2", "describe-instances", "--inst", "i-1", "--out", "json", "--no-dry"],
  ["iam", "list-users", "--path=/a/", "--max-it", "3"],
  ["dynamodb", "put-item", "--table", "t", "--item", '{"a":{"S":"b"}}', "--return-values", "NONE"],
];

let recorder: Server;
let requests: string[] = [];

beforeAll(async () => {
  recorder = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
      response.writeHead(400).end();
    });
  });
  await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
});

afterAll(() => recorder.close());

it.each(COMMANDS)("sends the same request from the canonical argv as from `aws %s %s %s`", async (...words) => {
  const read = readCommand(catalogue, ["aws", ...words]);
  expect(read).toMatchObject({ ok: true });
  const canonical = read.ok ? canonicalArgv(read.value).slice(1) : [];
  const original = await requestsOf(words);
  expect(original.length).toBeGreaterThan(0);
  expect(await requestsOf(canonical)).toEqual(original);
});

const requestsOf = async (args: readonly string[]): Promise<readonly string[]> => {
  requests = [];
  // The server answers 400, so the CLI's own status says nothing.
  await promisify(execFile)(needAws(), [...args], { env: environment() }).catch(() => undefined);
  return requests;
};

const environment = () => ({
  // A server that listens on loopback always has a port.
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`,
  AWS_ACCESS_KEY_ID: "testing",
  AWS_SECRET_ACCESS_KEY: "testing",
  AWS_REGION: "us-east-1",
  AWS_MAX_ATTEMPTS: "1",
  AWS_PAGER: "",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  HOME: "/nonexistent",
  PATH: "/nonexistent",
});
