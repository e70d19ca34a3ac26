import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { call, folder, openLog, START } from "./logs.js";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Another process that has a file open. */
const holding = async (path: string): Promise<ChildProcess> => {
  const program = "fs.openSync(process.argv[1], 'a'); console.log(1); setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ["-e", program, path], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout, "data");
  return child;
};

describe("openAuditLog beside another server", () => {
  it("does not start on a file that a running server writes to, and takes it over from one that was killed", async () => {
    const path = join(folder(), "audit.log");
    const other = await holding(`${path}.reserve`);
    expect(() => openLog(path)).toThrow(
      `the audit log \`${path}\` is that of a server that runs (process ${other.pid}): each server needs a file of its own; \`AWS_MCP_AUDIT_LOG\` may name a folder`,
    );
    expect(existsSync(`${path}.reserve`)).toBe(true);
    other.kill("SIGKILL");
    await once(other, "exit");
    call(openLog(path), {});
  });

  it("does not mind who reads the log", async () => {
    const path = join(folder(), "audit.log");
    writeFileSync(path, "", { mode: 0o600 });
    writeFileSync(`${path}.reserve`, "left over");
    await holding(path);
    call(openLog(path), {});
  });
});

describe("openAuditLog in a folder", () => {
  const DAY = 86_400_000;

  it("removes the reserves that killed servers have left, and nothing else", () => {
    const path = folder();
    const old = new Date(START - DAY - 60_000);
    const names = ["awspipe-1.jsonl.reserve", "awspipe-2.jsonl.reserve", "awspipe-3.jsonl", "mine.reserve"];
    const young = new Date(START - DAY + 60_000);
    for (const name of names) {
      writeFileSync(join(path, name), "left over");
      const time = name.includes("-2") ? young : old;
      utimesSync(join(path, name), time, time);
    }
    openLog(path);
    expect(readdirSync(path).filter((name) => !name.startsWith("awspipe-2026"))).toEqual(names.slice(1));
  });

  it("leaves a server its room whose reserve it takes for left over", () => {
    const path = folder();
    const log = openLog(path);
    const reserve = readdirSync(path).find((name) => name.endsWith(".reserve")) ?? "";
    const old = new Date(START - DAY - 60_000);
    utimesSync(join(path, reserve), old, old);
    openLog(path);
    expect(existsSync(join(path, reserve))).toBe(false);
    for (let at = 0; at < 5; at += 1) expect(log.ready()).toEqual({ ok: true, value: undefined });
    for (let at = 0; at < 5; at += 1) expect(log.write({})).toEqual({ ok: true, value: undefined });
    log.close();
    expect(statSync(path).isDirectory()).toBe(true);
  });
});
