import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { startHttp } from "./http-server.js";
import { paint } from "./paint.js";

type Step = { readonly title: string; readonly says: string; readonly isExpected: boolean };

/**
 * Shows a server over HTTP: nobody is served without a token, and each command leaves a line in a log that can be verified.
 * Tells of each step whether it was as expected.
 */
export async function showHttp(
  program: string,
  settings: Readonly<Record<string, string>>,
): Promise<readonly boolean[]> {
  const server = await startHttp(program, settings);
  try {
    console.log(
      `\n${paint.cyan(`Over HTTP, at ${server.url.href}: a token for each client, and a log of what each has done`)}`,
    );
    const token = readFileSync(server.tokenFile ?? "", "utf8").trim();
    const steps = [
      await withoutToken(server.url),
      await withToken(server.url, token),
      verified(program, server.auditLog),
    ];
    return steps.map(shown);
  } finally {
    await server.stop();
  }
}

async function withoutToken(url: URL): Promise<Step> {
  const { status, headers } = await fetch(url, { method: "POST", body: "{}" });
  const says = `${status}, www-authenticate: ${headers.get("www-authenticate")}`;
  return { title: "POST /mcp without a token", says, isExpected: status === 401 };
}

async function withToken(url: URL, token: string): Promise<Step> {
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  const client = new Client({ name: "awspipe-demo", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  const command = "aws s3 ls | wc -l";
  const { content } = await client.callTool({ name: "aws_cli_pipeline", arguments: { command } });
  await client.close();
  const says = content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
  return { title: `${command}, with the token`, says, isExpected: /^3$/m.test(says) };
}

function verified(program: string, log: string): Step {
  const says = execFileSync(process.execPath, [program, "audit", "verify", log], { encoding: "utf8" });
  return { title: "awspipe audit verify", says, isExpected: /^intact\naudit lines: 1$/m.test(says) };
}

function shown({ title, says, isExpected }: Step): boolean {
  console.log(`\n  ${paint.bold(title)}`);
  for (const line of says.trim().split("\n")) console.log(`    ${line}`);
  if (!isExpected) console.log(`    ${paint.red("NOT AS EXPECTED")}`);
  return isExpected;
}
