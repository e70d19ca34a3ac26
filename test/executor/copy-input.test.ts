import { createHash } from "node:crypto";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CopyOptions, copyInput } from "../../src/executor/copy-input.js";
import { inFolder } from "../../src/executor/open-in.js";
import { smallFileSystem } from "./small-file-system.js";
import { swapInALoop } from "./swap-in-a-loop.js";

let workspace: string;
let target: string;

beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  [workspace, target] = [join(folder, "workspace"), join(folder, "target")];
  for (const each of [workspace, target]) mkdirSync(each);
});

afterEach(() => rmSync(join(workspace, ".."), { recursive: true }));

const OPTIONS: CopyOptions = {
  most: 2 ** 20,
  tooLarge: (name, bytes) => ({ code: "too-large", message: `${name} ${bytes}`, hint: "" }),
  buffer: Buffer.alloc(65_536),
};

const copy = (name: string, options: Partial<CopyOptions> = {}, to = join(target, name)) =>
  inFolder(workspace, [], (folder) => copyInput(folder, name, to, { ...OPTIONS, ...options }));

const digestOf = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");

describe("copyInput", () => {
  it("copies content and times to a file that only its owner may read", async () => {
    const content = Buffer.alloc(200_000, "abc");
    writeFileSync(join(workspace, "x"), content);
    utimesSync(join(workspace, "x"), 1_000_000_000.25, 1_100_000_000.5);
    const copied = await copy("x");
    const { atimeMs, mtimeMs, mode, ino, dev } = statSync(join(target, "x"), { bigint: false });
    expect(copied).toMatchObject({
      ok: true,
      value: { sha256: digestOf(content), bytes: 200_000, copy: { ino: BigInt(ino), dev: BigInt(dev) } },
    });
    expect({ atimeMs, mtimeMs, mode: mode & 0o7777 }).toEqual({
      atimeMs: 1_000_000_000_250,
      mtimeMs: 1_100_000_000_500,
      mode: 0o400,
    });
    expect(readFileSync(join(target, "x"))).toEqual(content);
  });

  it("takes a file of the most bytes, also an empty one, and none of one byte more", async () => {
    writeFileSync(join(workspace, "most"), Buffer.alloc(2 ** 20));
    writeFileSync(join(workspace, "more"), Buffer.alloc(2 ** 20 + 1));
    writeFileSync(join(workspace, "empty"), "");
    expect(await copy("most")).toMatchObject({ ok: true, value: { bytes: 1_048_576 } });
    expect(await copy("empty")).toMatchObject({ ok: true, value: { bytes: 0, sha256: digestOf("") } });
    expect(await copy("more")).toMatchObject({ ok: false, error: { message: "more 1048577" } });
    expect(readdirSync(target).sort()).toEqual(["empty", "most"]);
  });

  it("stops at the most bytes of a file that grows, and leaves nothing of the copy", async () => {
    writeFileSync(join(workspace, "x"), Buffer.alloc(900 * 1024));
    setTimeout(() => appendFileSync(join(workspace, "x"), Buffer.alloc(2 ** 20)), 10);
    const copied = await copy("x", { buffer: Buffer.alloc(1024) });
    expect(copied).toMatchObject({ ok: false, error: { code: "too-large" } });
    expect(readdirSync(target)).toEqual([]);
  });

  it("hashes what it copied of a file that is being rewritten", async () => {
    const swapper = await swapInALoop("rewrite", join(workspace, "x"));
    const mixed = new Set<boolean>();
    // On a busy machine the one who writes gets its turn late.
    const until = Date.now() + 20_000;
    for (let round = 0; round < 300 || (!mixed.has(true) && Date.now() < until); round += 1) {
      const copied = await copy("x", { buffer: Buffer.alloc(4096) }, join(target, String(round)));
      if (!copied.ok) continue;
      const content = readFileSync(join(target, String(round)));
      rmSync(join(target, String(round)));
      expect(copied.value).toMatchObject({ sha256: digestOf(content), bytes: content.length });
      mixed.add(new Set(content).size > 1);
    }
    await swapper.stop();
    expect(mixed).toContain(true);
  });

  it("stops soon when the call is cancelled, and lets others work meanwhile", async () => {
    writeFileSync(join(workspace, "large"), "");
    truncateSync(join(workspace, "large"), 3 * 2 ** 30);
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 5);
    const began = performance.now();
    const signal = AbortSignal.timeout(200);
    const copied = await copy("large", { most: 2 ** 40, buffer: Buffer.alloc(2 ** 20), signal });
    clearInterval(turning);
    expect(copied).toMatchObject({ ok: false, error: { code: "cancelled" } });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(turns).toBeGreaterThan(8);
    expect(readdirSync(target)).toEqual([]);
  });

  it("writes to nothing that is there", async () => {
    writeFileSync(join(workspace, "x"), "new");
    writeFileSync(join(target, "x"), "old");
    expect(await copy("x")).toMatchObject({ ok: false, error: { code: "file-uncopied" } });
    expect(readFileSync(join(target, "x"), "utf8")).toBe("old");
  });

  it("says when the disk is full, and leaves nothing on it", async ({ skip }) => {
    const small = smallFileSystem(target) ?? skip("mounting is not allowed here");
    try {
      writeFileSync(join(workspace, "x"), Buffer.alloc(2 ** 20));
      expect(await copy("x", {}, join(target, "x"))).toEqual({
        ok: false,
        error: {
          code: "file-uncopied",
          message: "`x` could not be copied: no space is left on the server's disk",
          hint: "try again, or ask the operator to look after the server's disk",
        },
      });
      expect(readdirSync(target)).toEqual([]);
    } finally {
      small.remove();
    }
  });

  it("leaves no descriptor open", async () => {
    writeFileSync(join(workspace, "x"), "x");
    await copy("x", {}, join(target, "first"));
    const before = readdirSync("/proc/self/fd").length;
    for (let count = 0; count < 30; count += 1) {
      await copy("x", {}, join(target, String(count)));
      await copy("x", {}, join(target, "first"));
      await copy("x", { most: 0 }, join(target, "none"));
      await copy("x", { signal: AbortSignal.abort() }, join(target, "none"));
      await copy("x", {}, join(target, "gone", "x"));
    }
    expect(readdirSync("/proc/self/fd").length).toBe(before);
  });
});
