import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectErrors } from "../../../src/executor/collect-errors.js";
import { collectOutput } from "../../../src/executor/collect-output.js";
import { closeInheritedDescriptors } from "../../../src/executor/inherited-descriptors.js";
import { prepareStage } from "../../../src/executor/prepare-stage.js";
import { pipesFor } from "../../../src/executor/stage-ends.js";
import { wireStages } from "../../../src/executor/wire-stages.js";
import { DEFAULT_STREAMS } from "../../../src/plan/streams.js";
import type { CanonicalStage } from "../../../src/policy/verdict.js";
import { needAws } from "../../provision/needs.js";
import { type Bench, benchMachine } from "../bench-machine.js";
import { READ_HERE } from "../wired-run.js";
import { BACKEND } from "./confined.js";

const LISTING =
  '<?xml version="1.0"?><ListAllMyBucketsResult><Owner><ID>1</ID></Owner><Buckets><Bucket><Name>reports</Name><CreationDate>2026-01-02T03:04:05.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>';
const CONTENT = "one line of a report\n";
const BIG = 200 * 1024 ** 2;

let bench: Bench;
let endpoint: Listener;
let elsewhere: Listener;

type Listener = { readonly server: Server; readonly url: string; readonly heard: string[] };

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const date = { ETag: '"x"', "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT" };
  if (request.url === "/reports/big") {
    answerPart(request, response, date);
    return;
  }
  const body = request.url === "/" || request.url === "/?x-id=ListBuckets" ? LISTING : CONTENT;
  response.writeHead(200, { "Content-Length": Buffer.byteLength(body), ...date });
  response.end(request.method === "HEAD" ? "" : body);
};

// The CLI takes a big object in parts, several at once.
const answerPart = ({ method, headers }: IncomingMessage, response: ServerResponse, date: object): void => {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
  const start = Number(from ?? 0);
  const end = to === undefined || to === "" ? BIG - 1 : Math.min(Number(to), BIG - 1);
  const range = from === undefined ? {} : { "Content-Range": `bytes ${start}-${end}/${BIG}` };
  response.writeHead(from === undefined ? 200 : 206, { "Content-Length": end - start + 1, ...range, ...date });
  response.end(method === "HEAD" ? "" : Buffer.alloc(end - start + 1, "x"));
};

const listen = async (): Promise<Listener> => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on("connection", () => heard.push("connection"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}`, heard };
};

beforeAll(async () => {
  closeInheritedDescriptors();
  [endpoint, elsewhere] = await Promise.all([listen(), listen()]);
  const keys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
  const operator = { ...keys, AWS_ENDPOINT_URL: endpoint.url, AWS_MAX_ATTEMPTS: "1" };
  bench = benchMachine({ sandbox: "auto", egress: "aws", backends: [BACKEND], cli: needAws(), operator });
});

afterAll(async () => {
  await bench.machine.egress.stop();
  bench.remove();
  for (const { server } of [endpoint, elsewhere]) server.close();
});

/** Runs an aws stage that no policy has seen. */
const unjudged = async (...argv: readonly string[]) => {
  const { machine } = bench;
  const stage: CanonicalStage = {
    kind: "aws",
    argv: ["aws", ...argv],
    run: "operation",
    operation: "ls",
    profile: undefined,
    region: "us-east-1",
    effects: ["read"],
    files: [],
    streams: DEFAULT_STREAMS,
  };
  const id = machine.nextRun();
  const run = { id, milliseconds: 20_000, snapshots: undefined, keys: undefined, items: undefined };
  const prepared = await prepareStage(stage, 0, run, machine);
  if (!prepared.ok) throw new Error(prepared.error.message);
  const pipes = await machine.pool.take(pipesFor([prepared.value], READ_HERE));
  const wired = wireStages([prepared.value], pipes, READ_HERE);
  const output = collectOutput(wired.output ?? -1, { characters: 10_000, spoolBytes: 0, spoolPath: "/nonexistent" });
  const errors = collectErrors(wired.errors[0] ?? -1);
  const exit = await wired.children[0].exit;
  await Promise.all([output.ended, errors.ended]);
  return { exit, stdout: output.finish().text, stderr: errors.finish(), refused: machine.egress.refused(id) };
};

describe(`an aws stage that ${BACKEND} holds`, () => {
  it("reaches the operator's endpoint, through the proxy, and says what held it", async () => {
    const { output, stages } = await bench.run("aws s3 ls | wc -l");
    expect([output.text, stages[0]?.stderr]).toEqual(["1\n", ""]);
    const kernel = BACKEND === "bubblewrap" ? ["bubblewrap", "no-network-but-proxy"] : ["setpriv-landlock"];
    expect(stages[0]?.enforced).toEqual(
      expect.arrayContaining([...kernel, "no-other-files", "no-new-processes", "resource-limits", "egress-proxy"]),
    );
    expect(endpoint.heard).toContain("GET /");
  });

  it("moves a big object while other calls are answered as usual", async () => {
    let isDone = false;
    const moving = bench.run("aws s3 cp s3://reports/big - | wc -c").finally(() => {
      isDone = true;
    });
    const latencies: number[] = [];
    while (!isDone) {
      const started = performance.now();
      await bench.run("echo hi | wc -c");
      latencies.push(performance.now() - started);
    }
    const { output, stages } = await moving;
    expect([output.text, stages[0]?.stderr]).toEqual([`${BIG}\n`, ""]);
    expect(latencies.sort((a, b) => a - b)[Math.floor(latencies.length / 2)]).toBeLessThan(750);
  });

  it("brings a file into the workspace", async () => {
    const { files, stages } = await bench.run("aws s3 cp s3://reports/june.txt june.txt --region us-east-1");
    expect([stages[0]?.exit, files]).toEqual([
      { kind: "exited", code: 0 },
      { written: ["june.txt"], leftOut: [] },
    ]);
    expect(readFileSync(join(bench.machine.workspace, "june.txt"), "utf8")).toBe(CONTENT);
  });

  it.each([
    ["another port", () => ["s3", "ls", `--endpoint-url=${elsewhere.url}`]],
    ["another name for it", () => ["s3", "ls", `--endpoint-url=${elsewhere.url.replace("127.0.0.1", "localhost")}`]],
    ["the metadata service", () => ["s3", "ls", "--endpoint-url=http://169.254.169.254"]],
    ["a host of somebody's", () => ["s3", "ls", "--endpoint-url=https://aws.example.com"]],
    [
      "a customer's host below AWS's name",
      () => ["s3", "ls", "--endpoint-url=https://x.execute-api.us-east-1.amazonaws.com"],
    ],
  ])("that chooses its host reaches nothing but the proxy's refusal: %s", async (_, argv) => {
    elsewhere.heard.splice(0);
    const { exit, stdout, refused } = await unjudged(...argv());
    expect([exit, stdout]).toEqual([{ kind: "exited", code: expect.any(Number) }, ""]);
    expect(exit).not.toEqual({ kind: "exited", code: 0 });
    expect(refused.length).toBeGreaterThan(0);
    expect(elsewhere.heard).toEqual([]);
  });

  it("reads none of the operator's files, and none of the server's", async () => {
    const loaded = (path: string) => unjudged("s3api", "list-buckets", `--cli-input-json=file://${path}`);
    for (const path of ["/etc/passwd", join(bench.home, ".aws", "config"), `/proc/${process.pid}/environ`])
      expect((await loaded(path)).stderr).toMatch(/Unable to load paramfile|No such file|Permission denied/);
  });

  it("writes nowhere but in its own folder", async () => {
    const { exit, stderr } = await unjudged("s3", "cp", "s3://reports/june.txt", "/tmp/awspipe-canary");
    expect([exit, stderr]).toEqual([{ kind: "exited", code: 1 }, expect.stringMatching(/Read-only|Permission denied/)]);
    const empty = await unjudged("s3", "cp", "s3://reports/june.txt", "here.txt");
    expect(empty.exit).toEqual({ kind: "exited", code: 1 });
  });

  it("has help, without keys and without a network", async () => {
    const { output, stages } = await bench.run("aws s3 ls help");
    expect(output.text).toContain("DESCRIPTION");
    expect(stages[0]?.enforced).toContain("no-network");
  });

  it("says its version", async () => {
    expect((await bench.run("aws --version")).output.text).toMatch(/^aws-cli\/2/);
  });
});
