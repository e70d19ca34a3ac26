import { closeSync, openSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { type Bench, benchMachine } from "./bench-machine.js";
import { runInProcess } from "./server-process.js";

let bench: Bench;

beforeAll(() => {
  bench = benchMachine();
});

afterAll(() => bench.remove());

describe("closeInheritedDescriptors", () => {
  it("keeps descriptors of whoever started the server from the stages", async () => {
    const secret = openSync("/etc/passwd", "r");
    // Numbers 3 and 20 to 40 of the server: Node itself marks the low ones at start, up to the first gap above 15.
    const inherited = [secret, ...Array<"ignore">(16).fill("ignore"), ...Array<number>(21).fill(secret)];
    const environment = {
      AWS_MCP_AWS_CLI: `${bench.programs}/fake-aws`,
      ...UNCONFINED,
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
    const { ended } = runInProcess("aws sts get-caller-identity | cat", environment, { inherited });
    const { stdout, stderr, code } = await ended;
    closeSync(secret);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(JSON.parse(stdout).descriptors).toEqual({ 0: "null", 1: "fifo", 2: "fifo" });
  });
});
