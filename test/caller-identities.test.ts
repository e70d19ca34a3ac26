import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CallerIdentities, callerIdentities } from "../src/caller-identities.js";
import { type Bench, benchMachine } from "./executor/bench-machine.js";

// An AWS CLI that says whose keys it was given, and remembers each question.
let folder: string;
let bench: Bench;
let callers: CallerIdentities;
let clock: number;

const operator: NodeJS.ProcessEnv = { AWS_ACCESS_KEY_ID: "AKIAONE", AWS_SECRET_ACCESS_KEY: "one" };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "asked-aws-"));
  const asked = join(folder, "asked");
  const program = `
const { appendFileSync, existsSync, writeSync } = require("node:fs");
appendFileSync(${JSON.stringify(asked)}, process.env.AWS_ACCESS_KEY_ID + "\\n");
setTimeout(() => {
  if (existsSync(${JSON.stringify(join(folder, "silent"))})) process.exit(254);
  writeSync(1, "123456789012\\tarn:aws:iam::123456789012:user/" + process.env.AWS_ACCESS_KEY_ID + "\\n");
}, existsSync(${JSON.stringify(join(folder, "slow"))}) ? 10_000 : 0);
`;
  writeFileSync(asked, "");
  writeFileSync(join(folder, "aws"), `#!${process.execPath}\n${program}`, { mode: 0o755 });
  clock = Date.now();
  bench = benchMachine({ cli: join(folder, "aws"), operator, now: () => clock });
  callers = callerIdentities(bench.book, bench.machine);
});

afterEach(() => {
  bench.remove();
  rmSync(folder, { recursive: true });
});

const never = new AbortController().signal;
const asked = (): number => readFileSync(join(folder, "asked"), "utf8").split("\n").length - 1;
const identity = {
  profile: "default",
  key: "AKIAONE",
  account: "123456789012",
  caller: "arn:aws:iam::123456789012:user/AKIAONE",
};

describe("callerIdentities", () => {
  it("asks once for calls at once, and again when five minutes are over", async () => {
    expect(await Promise.all([callers.of(undefined, never), callers.of(undefined, never)])).toEqual([
      identity,
      identity,
    ]);
    clock += 299_000;
    expect([await callers.of(undefined, never), asked()]).toEqual([identity, 1]);
    clock += 2000;
    expect([await callers.of(undefined, never), asked()]).toEqual([identity, 2]);
  });

  it("asks again for a call that began after the answer", async () => {
    await callers.of(undefined, never);
    clock += 10;
    await callers.of(undefined, never, clock);
    expect(asked()).toBe(2);
    await callers.of(undefined, never, clock);
    expect(asked()).toBe(2);
  });

  it("gives no account where AWS does not say, and asks again ten seconds later", async () => {
    writeFileSync(join(folder, "silent"), "");
    const unknown = { ...identity, account: undefined, caller: "profile default" };
    expect(await callers.of(undefined, never)).toEqual(unknown);
    expect([await callers.of(undefined, never), asked()]).toEqual([unknown, 1]);
    rmSync(join(folder, "silent"));
    clock += 11_000;
    expect([await callers.of(undefined, never), asked()]).toEqual([identity, 2]);
  });

  it("asks on for others when one of them leaves, and stops when all have", async () => {
    writeFileSync(join(folder, "slow"), "");
    const [first, second] = [new AbortController(), new AbortController()];
    const both = [callers.of(undefined, first.signal), callers.of(undefined, second.signal)];
    first.abort();
    expect((await both[0])?.account).toBe(undefined);
    second.abort();
    expect((await both[1])?.account).toBe(undefined);
    rmSync(join(folder, "slow"));
    expect(await callers.of(undefined, never)).toEqual(identity);
  });

  it("asks nobody where there are no keys", async () => {
    const bare = benchMachine({ cli: join(folder, "aws"), operator: { AWS_EC2_METADATA_DISABLED: "true" } });
    const before = asked();
    const { account } = await callerIdentities(bare.book, bare.machine).of(undefined, never);
    // The one question is for keys, as `aws configure export-credentials`.
    expect([account, asked() - before]).toEqual([undefined, 1]);
    bare.remove();
  });
});
