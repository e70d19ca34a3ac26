import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closePipe, type KernelPipe } from "../../../src/executor/fifo-pool.js";
import { errorStream } from "../../../src/executor/xargs/error-stream.js";
import { descriptors } from "../leftovers.js";
import { type Workbench, workbench } from "../wired-run.js";

let bench: Workbench;
let before: readonly string[];

beforeAll(async () => {
  bench = workbench();
  await bench.pool.take(1).then((pipes) => pipes.forEach(closePipe));
});

beforeEach(() => {
  before = descriptors();
});

afterEach(async () => {
  await expect.poll(descriptors).toEqual(before);
});

afterAll(() => bench.remove());

const makePipe = async (): Promise<KernelPipe> => {
  const [pipe] = await bench.pool.take(1);
  if (pipe === undefined) throw new Error("no pipe");
  return pipe;
};

const waiting = (descriptor: number): string => {
  const bytes = Buffer.alloc(100);
  return bytes.toString("utf8", 0, readSync(descriptor, bytes));
};

/** As open(2) has them, in octal. */
const flagsOf = (descriptor: number): string =>
  /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "latin1"))?.[1] ?? "";

const forever = new AbortController().signal;

describe("errorStream", () => {
  it("writes to a pipe in order, and leaves its flags and the pipe itself as they are", async () => {
    const pipe = await makePipe();
    const flags = flagsOf(pipe.write);
    const errors = errorStream(pipe.write, forever);
    expect(await Promise.all([errors.tell("one\n"), errors.tell("two\n")])).toEqual(["told", "told"]);
    expect([waiting(pipe.read), flagsOf(pipe.write)]).toEqual(["one\ntwo\n", flags]);
    await errors.close();
    expect(descriptors().length).toBe(before.length + 2);
    closePipe(pipe);
  });

  it("opens nothing where nothing is told", async () => {
    const pipe = await makePipe();
    const errors = errorStream(pipe.write, forever);
    expect(descriptors().length).toBe(before.length + 2);
    await errors.close();
    closePipe(pipe);
  });

  it("knows that nobody reads, from the beginning or any longer", async () => {
    const [never, left] = [await makePipe(), await makePipe()];
    closeSync(never.read);
    const [first, second] = [errorStream(never.write, forever), errorStream(left.write, forever)];
    expect([await first.tell("x"), await second.tell("x")]).toEqual(["gone", "told"]);
    closeSync(left.read);
    expect([await first.tell("x"), await second.tell("x"), await second.tell("x")]).toEqual(["gone", "gone", "gone"]);
    await Promise.all([first.close(), second.close()]);
    closeSync(never.write);
    closeSync(left.write);
  });

  it("waits for a reader without keeping anybody else from work, and gives up when the signal fires", async () => {
    const pipe = await makePipe();
    const stop = new AbortController();
    const errors = errorStream(pipe.write, stop.signal);
    const telling = errors.tell("x".repeat(1_000_000));
    setTimeout(() => stop.abort(), 50);
    expect(await telling).toBe("gone");
    expect(await errors.tell("x")).toBe("gone");
    await errors.close();
    closePipe(pipe);
  });

  it("writes to what is no pipe as it is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
    const descriptor = openSync(join(folder, "file"), "w");
    const errors = errorStream(descriptor, forever);
    expect([await errors.tell("one\n"), await errors.tell("two\n")]).toEqual(["told", "told"]);
    await errors.close();
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("one\ntwo\n");
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  });
});
