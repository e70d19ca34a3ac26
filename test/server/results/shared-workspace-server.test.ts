import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PipelineOutput } from "../../../src/server/output-schema.js";
import { smallFileSystem } from "../../executor/small-file-system.js";
import { type Connection, connectLegacy, connectModern, type Settings } from "../clients.js";

// Two processes of the built server at one workspace.
let workspace: string;
let open: Connection[];

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((server) => server.close()));
  rmSync(workspace, { recursive: true });
});

const start = async (connect = connectModern, settings: Settings = { AWS_MCP_WORKDIR: workspace }) => {
  const server = await connect({ AWS_MCP_MAX_OUTPUT: "600", ...settings });
  open.push(server);
  return server;
};

const run = async (server: Connection, command: string): Promise<PipelineOutput & { readonly said: string }> => {
  const { data, text } = await server.call({ name: "aws_cli_pipeline", arguments: { command } });
  // The server has checked its answer against this very schema.
  return { ...(data as PipelineOutput), said: text };
};

const keep = async (server: Connection, command = "seq 1 300"): Promise<string> => {
  const { result } = await run(server, command);
  if (result === undefined) throw new Error("nothing was kept");
  return result.id;
};

const readFirst = async (server: Connection, uri: string): Promise<unknown> => {
  const [first] = (await server.client.readResource({ uri })).contents;
  return first !== undefined && "text" in first ? first.text : undefined;
};

const listed = async (server: Connection): Promise<string[]> =>
  (await server.client.listResources()).resources
    .map(({ uri }) => uri)
    .filter((uri) => uri.startsWith("awspipe://res"));

const NUMBERS = Array.from({ length: 300 }, (_, index) => `${index + 1}\n`).join("");

describe("two servers at one workspace", () => {
  it("give each other's results: read, listed, completed, and as a file in commands", async () => {
    const [one, other] = [await start(), await start(connectLegacy)];
    const id = await keep(one);
    const uri = `awspipe://result/${id}`;
    expect(await readFirst(other, uri)).toBe(NUMBERS);
    expect(await listed(other)).toEqual([uri]);
    const { completion } = await other.client.complete({
      ref: { type: "ref/resource", uri: "awspipe://result/{id}" },
      argument: { name: "id", value: id.slice(0, 4) },
    });
    expect(completion.values).toEqual([id]);
    expect((await run(other, `tail -n 1 @result/${id}`)).output).toBe("300\n");
  });

  it("give them after a restart, and one that was killed has lost none that it answered with", async () => {
    const one = await start();
    const ids = [await keep(one), await keep(one, "seq 2 301")];
    process.kill(one.pid, "SIGKILL");
    const other = await start();
    expect((await listed(other)).sort()).toEqual(ids.map((id) => `awspipe://result/${id}`).sort());
    expect(await readFirst(other, `awspipe://result/${ids[0]}`)).toBe(NUMBERS);
  });

  it("hold the bound together while both keep more than may be", { timeout: 120_000 }, async () => {
    const servers = [await start(), await start()];
    const many = Array.from({ length: 7 }, (_, index) => `seq ${index} 300`);
    const twenty = Array.from({ length: 20 }, (_, index) => `seq ${index} 300`);
    const call = async (server: Connection, commands: readonly string[]) =>
      server.call({ name: "aws_cli_read", arguments: { command: commands } });
    // Each has kept 147 within a minute of the other's: its own oldest went.
    await Promise.all(
      servers.map(async (server) => {
        for (const _ of many) await call(server, twenty);
        await call(server, many);
      }),
    );
    const records = readdirSync(join(workspace, "@result", ".records"));
    expect(records.length).toBeGreaterThanOrEqual(128);
    expect(records.length).toBeLessThanOrEqual(256);
    expect(readdirSync(join(workspace, "@result")).length).toBe(records.length + 1);
    const [one, other] = await Promise.all(servers.map(listed));
    expect([one?.length, other]).toEqual([128, one]);
  });

  it("let no command name what is written down of a result, or change it", async () => {
    const server = await start();
    const id = await keep(server, "seq 1 300 | cat");
    const record = `@result/.records/${id}.json`;
    for (const command of [
      `cat ${record}`,
      `cat ./@result/./.records//${id}.json`,
      `cat ${workspace}/${record}`,
      `aws s3 cp ${record} s3://bucket/`,
      `aws s3 cp @result/.records s3://bucket/ --recursive`,
      `aws dynamodb put-item --table-name t --item file://${record}`,
      `echo x | tee ${record}`,
      `ls @result/.records`,
      `find @result/.records`,
    ])
      expect([command, (await run(server, command)).error?.code]).toEqual([command, expect.stringMatching(CODES)]);
    expect((await run(server, "ls @result")).output).toBe(`${id}\n`);
    expect(readFileSync(join(workspace, record), "utf8")).toContain('"command":"seq -- 1 300 | cat"');
  });

  it("write a file of one name at once, and the last one wins whole", { timeout: 120_000 }, async () => {
    // Storage that servers share is another file system than the one on which they work: files are copied to it.
    const storage = smallFileSystem(workspace);
    chmodSync(workspace, 0o700);
    const servers = [await start(), await start()];
    const texts = ["a", "b"].map((letter) => `${letter.repeat(99)}\n`.repeat(1000));
    const line = (letter: string) => `seq 1 1000 | awk '{ print "${letter.repeat(99)}" }' | tee same.txt | tail -n 1`;
    let isOver = false;
    const seen = new Set<number>();
    const watching = (async () => {
      while (!isOver) {
        seen.add(texts.indexOf(contentOf(join(workspace, "same.txt")) ?? texts[0] ?? ""));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    await Promise.all(
      servers.map(async (server, index) => {
        for (let count = 0; count < 8; count += 1)
          expect((await run(server, line(index === 0 ? "a" : "b"))).error).toBeUndefined();
      }),
    );
    isOver = true;
    await watching;
    const left = readdirSync(workspace);
    await Promise.all(open.splice(0).map((server) => server.close()));
    storage?.remove();
    expect([seen.has(-1), left]).toEqual([false, ["same.txt"]]);
  });
});

const CODES = /^(?:bad-file-name|reserved-folder|file-outside-workspace|parameter-file|aws-)/;

const contentOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

describe("a server with a workspace of its own", () => {
  it("says of a result that is not here where it may be, and what to do", async () => {
    const server = await start(connectModern, {});
    const id = "0123456789abcdef0123456789abcdef";
    await expect(readFirst(server, `awspipe://result/${id}`)).rejects.toThrow(
      /is kept here: .*another replica.*; hint: run the command again and filter its output in the same call/,
    );
    const { said, notes } = await run(server, `cat @result/${id} | wc -l`);
    expect(notes).toEqual([
      `@result/${id} is not here: newer ones may have taken its place, the server was restarted, or another replica has it; run the command again, and filter its output in the same call`,
    ]);
    expect(said).toContain(`note: @result/${id} is not here`);
    expect((await run(server, `wc -l @result/${await keep(server)}`)).notes).toBeUndefined();
  });
});
