import { afterAll, beforeAll, expect, it } from "vitest";
import { legacy } from "./mcp-requests.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

let server: HttpServer;

beforeAll(async () => {
  server = await startHttpServer({ AWS_MCP_CALLS_PER_MINUTE: "60" });
});

afterAll(async () => {
  await server.stop();
});

/** Sends a check, and gives the one line that it leaves in the audit log. */
const lineOf = async (command: string, id: string) => {
  const message = legacy.call({ name: "aws_cli_check", arguments: { command } }, id);
  const headers = { ...legacy.headers(message), authorization: `Bearer ${server.token}` };
  const before = server.events().filter(({ audit }) => audit === 1).length;
  await (await fetch(server.url, { method: "POST", headers, body: JSON.stringify(message) })).text();
  const [line, ...more] = server
    .events()
    .filter(({ audit }) => audit === 1)
    .slice(before);
  expect(more).toEqual([]);
  return line ?? {};
};

const DESTROYS = "aws ec2 terminate-instances --instance-ids i-0123456789abcdef0";

it("says who asked and what would be destroyed however many bytes a command's characters take in JSON", async () => {
  const wide = "\u3164".repeat(60);
  const filter = ` | tr '${wide}1' '${wide}2'`;
  const line = await lineOf(`${DESTROYS} '${wide}' '${wide}'${filter.repeat(5)}`, wide);
  expect(line).toMatchObject({ event: "call", principal: "token:random", verdict: expect.any(String) });
  expect(JSON.stringify(line)).toContain("terminate-instances");
});

it("names the worst effect and its command where they stand in the middle of a long text", async () => {
  const wide = "中".repeat(60);
  const harmless = `aws ec2 create-tags --resources '${wide}' '${wide}' --tags Key=x,Value=x`;
  const around = [harmless, harmless, harmless];
  const line = await lineOf([...around, DESTROYS, ...around, harmless].join(" && "), "1");
  expect(line.effects).toContain("destroy");
  expect(JSON.stringify(line)).toContain("terminate-instances");
});
