import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { within } from "../../src/executor/within.js";

const busy = (milliseconds: number): void => {
  for (const end = Date.now() + milliseconds; Date.now() < end; );
};

it("hears of what has come in time, also when this process was too busy to look", async () => {
  const child = spawn("/bin/echo", ["x"], { stdio: ["ignore", "pipe", "ignore"] });
  const said = within(once(child.stdout, "data"), 200);
  busy(600);
  expect(await said).toBe(true);
});

it("does not wait for what does not come", async () => {
  expect(await within(new Promise(() => undefined), 50)).toBe(false);
});
