import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSeals } from "../src/start-seals.js";
import { saying } from "./state/between.js";
import { freePort } from "./state/start-redis.js";

let folder = "";
let file = "";
let url = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-key-"));
  file = join(folder, "key");
  write(randomBytes(32).toString("hex"));
  url = `redis://127.0.0.1:${await freePort()}`;
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string, mode = 0o600): void => {
  writeFileSync(file, `${text}\n`);
  chmodSync(file, mode);
};

const DIGEST = "5e".repeat(32);

const start = async (AWS_MCP_STATE?: string, AWS_MCP_STATE_KEY_FILE?: string) => {
  const started = await startSeals({ AWS_MCP_STATE, AWS_MCP_STATE_KEY_FILE }, Date.now);
  started.state?.store.close();
  return started;
};
const problemOf = (state?: string, key?: string): Promise<string> =>
  start(state, key).then(
    () => "",
    (cause: Error) => cause.message,
  );

describe("startSeals", () => {
  it("makes a key for each process where the operator names none, and no store", async () => {
    const [one, other] = [await start(), await start()];
    expect([one.state, other.seals.originOf(one.seals.seal(DIGEST))]).toEqual([undefined, "elsewhere"]);
  });

  it("seals by the operator's key, in whatever form it is written", async () => {
    const key = randomBytes(32);
    write(key.toString("hex"));
    const [one, again] = [await start(url, file), await start(url, file)];
    write(key.toString("base64"), 0o440);
    symlinkSync("key", join(folder, "link"));
    const linked = await start(url, join(folder, "link"));
    write(randomBytes(32).toString("hex"));
    const changed = await start(url, file);
    const state = one.seals.seal(DIGEST);
    expect([again, linked, changed].map(({ seals }) => seals.originOf(state))).toEqual(["ours", "ours", "elsewhere"]);
    expect(one.state?.address.shown).toBe(`${url}/0`);
  });

  it("does not wait for the store", async () => {
    const silent = await saying("");
    const settings = { AWS_MCP_STATE: `redis://127.0.0.1:${silent.port}`, AWS_MCP_STATE_KEY_FILE: file };
    const started = performance.now();
    const { seals, state } = await startSeals(settings, Date.now);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(seals.originOf(seals.seal(DIGEST))).toBe("ours");
    state?.store.close();
    await silent.close();
  });

  it("throws where one setting is there without the other, or the key is not what it must be", async () => {
    expect(await problemOf("redis://:secret@h")).toBe(
      "AWS_MCP_STATE: needs AWS_MCP_STATE_KEY_FILE too, a file with the key by which all servers seal; `(umask 077; openssl rand -hex 32 > FILE)` makes one",
    );
    expect(await problemOf(undefined, file)).toBe(
      `AWS_MCP_STATE_KEY_FILE=${file}: without AWS_MCP_STATE it does nothing: name the store where all servers with this key write down which approvals are spent`,
    );
    expect(await problemOf(url, join(folder, "none"))).toMatch(
      /^AWS_MCP_STATE_KEY_FILE=\/\S+: the file cannot be read: ENOENT/,
    );
    chmodSync(file, 0o644);
    expect(await problemOf(url, file)).toMatch(/: the file has mode 0644, by which others may read it or change it; /);
    write("no key");
    expect(await problemOf(url, file)).toMatch(/: the file must hold one line of hexadecimal digits or base64; /);
    write("a".repeat(2000));
    expect(await problemOf(url, file)).toMatch(/: the file has 2001 bytes; at most 1024 are read$/);
  });
});
