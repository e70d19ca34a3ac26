import { build } from "../test/provision/build.js";
import { need } from "../test/provision/found.js";
import { provision } from "../test/provision/provision.js";
import { startMoto } from "../test/provision/start-moto.js";
import { callTool, type ToolAnswer } from "./call-tool.js";
import { type Connection, connect } from "./connect.js";
import { type DemoPart, type DemoRequest, demoParts } from "./demo-calls.js";
import { showHttp } from "./demo-http.js";
import { fillMoto } from "./fill-moto.js";
import { main } from "./main.js";
import { paint } from "./paint.js";
import { printCall } from "./print-call.js";

/** Shows on one screen what awspipe is; exit status 0 only when every answer was the expected one. */
async function demo(): Promise<boolean> {
  const { aws, moto } = await provision();
  const cli = need(aws);
  const standIn = await startMoto(need(moto));
  try {
    const [server] = await Promise.all([build(), fillMoto(cli, standIn)]);
    console.log(paint.dim(`${standIn.endpoint} stands in for AWS: 3 buckets, 3 instances, 3 users, 1 table`));
    const settings = { ...standIn.environment, AWS_MCP_AWS_CLI: cli };
    return await show(await connect(server, settings, person), () => showHttp(server, settings));
  } finally {
    await standIn.stop();
  }
}

/** Lets a bucket be removed that holds drafts, and no other. */
function person(question: string): boolean {
  const says = /s3:\/\/drafts/.test(question);
  console.log(`\n  ${paint.bold("a person is asked")}`);
  for (const line of question.split("\n")) console.log(`    ${line}`);
  console.log(`    ${paint.bold(says ? "yes" : "no")}`);
  return says;
}

async function show(connection: Connection, more: () => Promise<readonly boolean[]>): Promise<boolean> {
  try {
    await showTools(connection);
    const asExpected: boolean[] = [];
    for (const part of demoParts) asExpected.push(...(await showPart(connection, part)));
    asExpected.push(...(await more()));
    const right = asExpected.filter(Boolean).length;
    console.log(`\n${right} of ${asExpected.length} calls were answered as expected`);
    if (right < asExpected.length) console.error(connection.log());
    return right === asExpected.length;
  } finally {
    await connection.close();
  }
}

async function showTools({ client }: Connection): Promise<void> {
  const { name, version } = client.getServerVersion() ?? {};
  const protocol = client.getNegotiatedProtocolVersion();
  console.log(paint.cyan(`${name} ${version}, an MCP server (protocol ${protocol}), over stdio\n`));
  const { tools } = await client.listTools();
  for (const tool of tools) {
    const parameters = Object.keys(tool.inputSchema.properties ?? {}).join(", ");
    console.log(`  ${paint.bold(`${tool.name}(${parameters})`)}  ${tool.title ?? ""}`);
    console.log(`    ${tool.description?.split(/(?<=\.)\s/)[0] ?? ""}`);
  }
}

async function ask(connection: Connection, request: DemoRequest): Promise<ToolAnswer> {
  switch (request.kind) {
    case "tool":
      return callTool(connection, request.tool, request.args);
    case "resource": {
      const { contents } = await connection.client.readResource({ uri: request.uri });
      const text = contents.map((each) => ("text" in each ? each.text : "")).join("\n");
      return { isError: false, text, data: {} };
    }
    case "prompt": {
      const { messages } = await connection.client.getPrompt({ name: request.prompt, arguments: { ...request.args } });
      const text = messages.map(({ content }) => (content.type === "text" ? content.text : "")).join("\n");
      return { isError: false, text, data: {} };
    }
  }
}

async function showPart(connection: Connection, { title, calls }: DemoPart): Promise<readonly boolean[]> {
  console.log(`\n${paint.cyan(title)}`);
  const asExpected: boolean[] = [];
  for (const call of calls) {
    const started = performance.now();
    const answer = await ask(connection, call.request);
    asExpected.push(printCall(call, answer, performance.now() - started));
  }
  return asExpected;
}

await main(demo);
