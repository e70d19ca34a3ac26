import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { present } from "../../../src/server/redact/present.js";
import { type Bench, benchMachine } from "../../executor/bench-machine.js";

let bench: Bench;

beforeAll(() => {
  bench = benchMachine({ maxOutput: 60 });
});

afterAll(() => bench.remove());

const shown = async (text: string): Promise<string> => {
  const { signal } = new AbortController();
  const answer = await bench.engine.run(text, { milliseconds: 20_000, signal, sink: undefined });
  const { answer: safe } = await present(answer, "on");
  if (safe.kind !== "ran" || safe.result.kind !== "run") throw new Error("it did not run");
  return safe.result.output.text;
};

// In two pieces, so that nobody takes it for a live one.
const SECRET = ["wJalrXUtnFEMI", "K7MDENGbPxRfiCYzzzzzzzKEYz"].join("/");

describe("an output that was cut in the middle of a secret", () => {
  it.each([
    ["a secret key", `printf 'AccessKeyId: AKIAABCDEFGHIJKLMNOP\\nSecretAccessKey: %s\\n' ${SECRET}`],
    [
      "a password",
      `printf '{"UserName": "somebody", "Password": "%s", "More": true}' Sup3r-S3cret-w0rd-of-some-length`,
    ],
  ])("hides what is left of %s", async (_, command) => {
    const text = await shown(command);
    expect(text).toMatch(/\[redacted: /);
    expect(text).not.toMatch(/wJalr|Sup3r/);
  });

  it("keeps the rest as it is", async () => {
    expect(await shown("seq -s ' ' 100")).toBe(
      Array.from({ length: 100 }, (_, index) => index + 1)
        .join(" ")
        .slice(0, 60),
    );
  });
});
