import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { needServer } from "../provision/needs.js";
import { folder, verify } from "./logs.js";

/** Runs a module against the built server's files, with nothing of this process's. */
const run = (program: string, stderr: "pipe" | number = "pipe") => {
  const imports = `import { openAuditLog } from "./audit/open-audit-log.js"; import { log } from "./log.js";
    const audit = openAuditLog({ path: undefined, now: Date.now, underWay: 1 });`;
  return spawn(process.execPath, ["--input-type=module", "--eval", imports + program], {
    cwd: dirname(needServer()),
    stdio: ["pipe", "pipe", stderr],
  });
};

const ended = async (child: ReturnType<typeof run>) => {
  const [out, errors]: Buffer[][] = [[], []];
  child.stdout?.on("data", (chunk: Buffer) => out?.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => errors?.push(chunk));
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, out: Buffer.concat(out ?? []).toString(), errors: Buffer.concat(errors ?? []) };
};

/** More than pipe and socket hold, both kinds of lines in turns, and an end without warning. */
const MANY = `
  for (let at = 0; at < 1000; at += 1) {
    log({ event: "before", at });
    if (!audit.ready().ok || !audit.write({ asked: "x".repeat(300), at }).ok) process.exit(9);
  }
  log({ event: "last" });
  process.exit(3);`;

describe("stderr", () => {
  it.each(["a socket", "a file"])(
    "gets every line of log and audit log in its order, also at the end, on %s",
    async (what) => {
      const path = join(folder(), "stderr.log");
      const { code, errors } = await ended(run(MANY, what === "a file" ? openSync(path, "w") : "pipe"));
      const written = what === "a file" ? readFileSync(path) : errors;
      expect(code).toBe(3);
      const lines = written
        .toString()
        .split("\n")
        .slice(0, -1)
        .map((line): Record<string, unknown> => JSON.parse(line));
      expect(lines.map(({ event, at }) => [event, at])).toEqual([
        ...Array.from({ length: 1000 }, (_, at) => [
          ["before", at],
          [undefined, at],
        ]).flat(),
        ["last", undefined],
      ]);
      expect(await verify(written)).toMatchObject({ ok: true, value: { lines: 1000, others: 1001, servers: 1 } });
    },
  );

  it("that is closed ends no server, and stops its calls", async () => {
    const child = run(`
      process.stdin.once("data", () => {
        log({ event: "nobody reads" });
        const states = [audit.ready(), audit.write({ asked: "echo 1" }), audit.ready()];
        log({ event: "nobody reads" });
        setTimeout(() => console.log(JSON.stringify(states)), 50);
        process.stdin.unref();
      });`);
    child.stderr?.destroy();
    child.stdin?.end("go");
    const { code, out } = await ended(child);
    expect(code).toBe(0);
    const lost = { ok: false, error: expect.objectContaining({ code: "audit-lost" }) };
    expect(JSON.parse(out)).toEqual([{ ok: true }, lost, lost]);
  });

  it("that nobody reads holds a server up for a bounded time, once", async () => {
    const child = run(`
      const from = performance.now();
      for (let at = 0; at < 5000; at += 1) log({ event: "nobody reads", text: "x".repeat(200) });
      console.log(Math.round(performance.now() - from));`);
    child.stderr?.pause();
    const { code, out } = await new Promise<{ code: unknown; out: string }>((resolve) => {
      child.stdout?.once("data", (chunk: Buffer) => {
        child.once("exit", (status) => resolve({ code: status, out: chunk.toString() }));
      });
    });
    child.stderr?.destroy();
    expect(code).toBe(0);
    expect(Number(out)).toBeGreaterThan(900);
    expect(Number(out)).toBeLessThan(10_000);
  });

  it("does not load pino before the first call", async () => {
    const { out } = await ended(
      run(`
        const { createRequire } = await import("node:module");
        const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes("/pino/"));
        log({ event: "started" });
        const before = loaded();
        audit.ready();
        console.log(before, loaded());`),
    );
    expect(out).toBe("false true\n");
  });
});
