import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { stateLine } from "../../src/commands/doctor-state.js";
import { startSeals } from "../../src/start-seals.js";
import { saying } from "../state/between.js";
import { freePort, type Redis, startRedis } from "../state/start-redis.js";
import { runAwspipe } from "./run-awspipe.js";

let redis: Redis;
let folder: string;
let file: string;
beforeAll(async () => {
  redis = await startRedis();
  folder = mkdtempSync(join(tmpdir(), "doctor-state-"));
  file = join(folder, "key");
  writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
});
afterAll(async () => {
  await redis.remove();
  rmSync(folder, { recursive: true });
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const lineOf = async (AWS_MCP_STATE?: string) => {
  const AWS_MCP_STATE_KEY_FILE = AWS_MCP_STATE === undefined ? undefined : file;
  const { state } = await startSeals({ AWS_MCP_STATE, AWS_MCP_STATE_KEY_FILE }, Date.now);
  if (state !== undefined) closing.push(state.store.close);
  return stateLine(state === undefined ? {} : { state });
};

describe("the doctor", () => {
  it("says where spent approvals are written down, and nothing of the password", async () => {
    expect(await lineOf()).toEqual({
      good: true,
      what: "state",
      found: "approvals count at the process that asked, and nowhere else",
    });
    expect(await lineOf(redis.url)).toEqual({
      good: true,
      what: "state",
      found: `redis://127.0.0.1:${redis.port}/0 takes spent approvals`,
    });
  });

  it("says why it cannot be used", async () => {
    const port = await freePort();
    expect(await lineOf(`redis://:secret@127.0.0.1:${port}`)).toEqual({
      good: false,
      what: "state",
      found: `redis://127.0.0.1:${port}/0: ECONNREFUSED; approvals are refused`,
    });
  });

  it("says what an operator does about one that may forget", async () => {
    await redis.ask("CONFIG", "SET", "maxmemory", "1gb", "maxmemory-policy", "allkeys-lru");
    const { good, found } = await lineOf(redis.url);
    await redis.ask("CONFIG", "SET", "maxmemory", "0");
    expect([good, found]).toEqual([
      true,
      `redis://127.0.0.1:${redis.port}/0 takes spent approvals; its maxmemory-policy is allkeys-lru, and should be noeviction; with it a full store refuses approvals`,
    ]);
  });
});

describe("awspipe run", () => {
  it("ends in time with a store that is there, gone, or says nothing", async () => {
    const silent = await saying("");
    for (const url of [redis.url, "redis://127.0.0.1:1", `redis://127.0.0.1:${silent.port}`]) {
      const environment = { AWS_MCP_STATE: url, AWS_MCP_STATE_KEY_FILE: file, AWS_MCP_SANDBOX: "off" };
      const started = performance.now();
      const { code, out } = await runAwspipe(["run", "echo hello"], { environment });
      expect([code, out]).toEqual([0, "hello\n"]);
      expect(performance.now() - started).toBeLessThan(5000);
    }
    await silent.close();
  });
});
