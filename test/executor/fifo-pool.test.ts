import { mkdtempSync, readdirSync, readSync, rmSync, symlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closePipe, fifoPool } from "../../src/executor/fifo-pool.js";
import { descriptors, MOST_FIFOS } from "./leftovers.js";

const MKFIFO = "/usr/bin/mkfifo";
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "awspipe-test-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

describe("fifoPool", () => {
  it("gives pipes that have no name any more and whose ends are apart", async () => {
    const before = descriptors();
    const pool = fifoPool(directory, MKFIFO);
    const pipes = await pool.take(3);
    for (const [index, { read, write }] of pipes.entries()) {
      writeSync(write, `pipe ${index}`);
      const bytes = Buffer.alloc(100);
      expect(bytes.toString("latin1", 0, readSync(read, bytes))).toBe(`pipe ${index}`);
    }
    expect(readdirSync(directory).length).toBe(93);
    for (const pipe of pipes) closePipe(pipe);
    expect(descriptors()).toEqual(before);
  });

  it("serves many at once, no two the same, and keeps a bounded number ready", async () => {
    const pool = fifoPool(directory, MKFIFO);
    const taken = (await Promise.all(Array.from({ length: 40 }, (_, index) => pool.take(index)))).flat();
    expect(new Set(taken.flatMap(({ read, write }) => [read, write])).size).toBe(40 * 39);
    for (const pipe of taken) closePipe(pipe);
    await expect.poll(() => readdirSync(directory).length).toBeLessThanOrEqual(MOST_FIFOS);
  });

  it("gives all or nothing, and leaves neither descriptor nor file of a pipe that could not be opened", async () => {
    const pool = fifoPool(directory, MKFIFO);
    for (const pipe of await pool.take(1)) closePipe(pipe);
    const before = descriptors();
    const names = readdirSync(directory).sort((a, b) => Number(a) - Number(b));
    const [, , third = ""] = names;
    rmSync(join(directory, third));
    await expect(pool.take(5)).rejects.toThrow("ENOENT");
    expect(descriptors()).toEqual(before);
    expect(readdirSync(directory).sort()).toEqual(names.slice(5).sort());
    for (const pipe of await pool.take(5)) closePipe(pipe);
  });

  it("says so when it cannot make any, and tries again the next time", async () => {
    const broken = join(directory, "mkfifo");
    const pool = fifoPool(directory, broken);
    await expect(pool.take(2)).rejects.toThrow("mkfifo failed");
    symlinkSync(MKFIFO, broken);
    for (const pipe of await pool.take(2)) closePipe(pipe);
  });
});
