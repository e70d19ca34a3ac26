import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { type CallOptions, type Connection, connectLegacy, connectModern } from "./clients.js";
import { plainAnswer } from "./plain-answer.js";
import { withCommand } from "./processes.js";
import { makeSlowAws } from "./slow-aws.js";

let slowAws: string;
let temporary: string;

beforeAll(() => {
  slowAws = makeSlowAws();
  temporary = mkdtempSync(join(tmpdir(), "shell-forms-"));
});

afterAll(() => {
  for (const folder of [dirname(slowAws), temporary]) rmSync(folder, { recursive: true, force: true });
});

const settings = () => ({
  AWS_ACCESS_KEY_ID: "testing",
  AWS_SECRET_ACCESS_KEY: "testing",
  AWS_MCP_AWS_CLI: slowAws,
  ...UNCONFINED,
  TMPDIR: temporary,
});

const run = (server: Connection, command: string, timeout = 60, options: CallOptions = {}) =>
  server.call({ name: "aws_cli_pipeline", arguments: { command, timeout } }, options);

const SLOW = "aws ec2 describe-regions --cli-read-timeout";

describe.each([
  { client: "the client of the 2026 era", connect: connectModern },
  { client: "the client of the 2025 era", connect: connectLegacy },
])("a text under way, with $client", ({ connect }) => {
  let server: Connection;
  beforeAll(async () => {
    server = await connect(settings());
  });
  afterAll(() => server.close());

  it("has one deadline for all of its pipelines", async () => {
    // Each of the two alone would be done in time.
    const { isError, data } = await run(server, `${SLOW} 2; ${SLOW} 2 || echo never; echo never`, 3);
    const slow = { command: `${SLOW}=2`, stages: [{ name: "aws" }] };
    expect({ isError, data }).toMatchObject({
      isError: true,
      data: {
        status: "error",
        output: "started\nstarted\n",
        pipelines: [
          { ...slow, status: "success", exit_code: 0 },
          { ...slow, status: "error", exit_code: 124, error: { kind: "failure", code: "deadline" } },
          { command: "echo never", status: "not-run" },
          { command: "echo never", status: "not-run" },
        ],
        error: { kind: "failure", code: "deadline" },
      },
    });
  });

  it.each([
    `echo $(${SLOW} 50); echo never`,
    `seq 3 | xargs -P 2 -I {} ${SLOW} 50 --region-names r-{}; echo never`,
    `seq 2 | xargs -n 1 echo; echo "$(echo $(${SLOW} 50))"; echo never`,
  ])("ends at its deadline whatever runs then, and leaves nothing running: %s", async (command) => {
    const { data } = await run(server, command, 1);
    expect(data).toMatchObject({ status: "error", error: { kind: "failure", code: "deadline" } });
    expect((data as { pipelines: { status: string }[] }).pipelines.at(-1)?.status).toBe("not-run");
    expect(withCommand(slowAws)).toEqual([]);
  });

  it("is stopped with all of its runs when the client cancels", async () => {
    const stop = new AbortController();
    const called = run(server, `seq 4 | xargs -P 4 -I {} ${SLOW} 50 --region-names r-{}; echo never`, 60, {
      signal: stop.signal,
    });
    await until(() => withCommand(slowAws).length >= 4);
    stop.abort();
    await expect(called).rejects.toThrow();
    await until(() => withCommand(slowAws).length === 0);
  });

  it("tells how many runs of xargs have ended while others go on", async () => {
    const reports: { progress: number; message?: string }[] = [];
    const { data } = await run(server, "seq 40 | xargs -n 1 echo | wc -l", 60, {
      onprogress: (report) => reports.push(report),
    });
    expect(data).toMatchObject({ output: "40\n" });
    const counts = reports.map(({ message = "" }) => Number(/, (\d+) of 40 runs of xargs$/.exec(message)?.[1]));
    expect(counts.length).toBeGreaterThan(0);
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    expect(reports.map(({ progress }) => progress)).toEqual(
      [...new Set(reports.map(({ progress }) => progress))].sort((a, b) => a - b),
    );
  });

  it("lets other calls through while xargs runs 300 commands", async () => {
    const ended: string[] = [];
    const large = run(server, "seq 300 | xargs -n 1 -P 8 echo | sort -n | tail -n 1").then((answer) => {
      ended.push("large");
      return answer;
    });
    for (const index of [1, 2, 3]) {
      const { data } = await run(server, `echo small-$(echo ${index})`);
      expect(data).toMatchObject({ output: `small-${index}\n` });
      ended.push("small");
    }
    const { data } = await large;
    expect(data).toMatchObject({
      status: "success",
      output: "300\n",
      stages: [{}, { runs: 300, exit_code: 0 }, {}, {}],
    });
    expect(ended).toEqual(["small", "small", "small", "large"]);
  });
});

describe("a server that runs one call at once", () => {
  it("does not let a call wait for itself", async () => {
    const server = await connectModern({ ...settings(), AWS_MCP_CONCURRENCY: "1" });
    const commands = [
      "seq 3 | xargs -P 4 -n 1 echo | xargs -P 0 -I {} echo {}{}",
      "echo $(echo $(seq 2 | xargs -n 1 echo))",
    ];
    const answers = await Promise.all([...commands, ...commands].map((command) => run(server, command, 20)));
    expect(answers.map(({ data }) => (data as { output: string }).output)).toEqual([
      "11\n22\n33\n",
      "1 2\n",
      "11\n22\n33\n",
      "1 2\n",
    ]);
    await server.close();
  });
});

describe("the output of a text", () => {
  it("has one bound, and what is past it lies in the workspace", async () => {
    const workspace = mkdtempSync(join(temporary, "work-"));
    const server = await connectModern({ ...settings(), AWS_MCP_MAX_OUTPUT: "20", AWS_MCP_WORKDIR: workspace });
    const { data, text } = await run(server, "echo 0123456789; echo abcdefghijklmnop; echo $(seq 30); echo $(seq 30)");
    const result = expect.objectContaining({ file: expect.stringMatching(/^@result\/[0-9a-f]{32}$/) });
    const done = { status: "success", exit_code: 0 };
    const numbers = Array.from({ length: 30 }, (_, index) => index + 1).join(" ");
    expect(plainAnswer(data)).toMatchObject({
      status: "success",
      output: "0123456789\nabcdefghi",
      pipelines: [
        { ...done, output: "0123456789\n" },
        { ...done, output: "abcdefghi", dropped: { bytes: 8, exact: true }, result },
        { command: "seq -- 30", substitution: true, ...done, output: "" },
        {
          command: `echo ${numbers}`,
          ...done,
          output: "",
          dropped: { bytes: numbers.length + 1, exact: true },
          result,
        },
        { command: "seq -- 30", substitution: true },
        {
          command: `echo ${numbers}`,
          ...done,
          output: "",
          dropped: { bytes: numbers.length + 1, exact: true },
          result,
        },
      ],
    });
    const hints = [...text.matchAll(/^hint: read on with `([^`]*)`/gm)].map(([, hint = ""]) => hint);
    expect(hints.length).toBe(3);
    expect((await run(server, hints[0] ?? "")).data).toMatchObject({ output: "jklmnop\n" });
    const kept = readdirSync(join(workspace, "@result")).filter((name) => name !== ".records");
    expect(kept.length).toBe(3);
    await server.close();
  });

  it("ends the text where nothing more of it may be kept", async () => {
    const server = await connectModern({ ...settings(), AWS_MCP_MAX_OUTPUT: "20", AWS_MCP_MAX_SPOOL: "1000" });
    const { data } = await run(server, "seq 100000; echo never");
    expect(data).toMatchObject({
      output: "1\n2\n3\n4\n5\n6\n7\n8\n9\n10",
      pipelines: [{ dropped: { exact: false } }, { command: "echo never", status: "not-run" }],
      error: { kind: "failure", code: "output-full" },
    });
    await server.close();
  });
});

const until = async (found: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 10_000; !found(); ) {
    if (Date.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
