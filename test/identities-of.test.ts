import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, benchMachine } from "./executor/bench-machine.js";

// An AWS CLI whose credentials are those of a file, and which says whose they are.
let folder: string;
let bench: Bench;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "changing-aws-"));
  const program = `
const { readFileSync, writeSync } = require("node:fs");
const { AWS_ACCESS_KEY_ID: key = "none" } = process.env;
if (process.argv.includes("export-credentials")) {
  writeSync(1, readFileSync(${JSON.stringify(join(folder, "keys"))}, "utf8"));
} else if (process.argv.includes("get-caller-identity")) {
  const account = key === "AKIAONE" ? "111111111111" : "222222222222";
  writeSync(1, account + "\\tarn:aws:iam::" + account + ":user/" + key + "\\n");
} else writeSync(1, key + "\\n");
`;
  writeFileSync(join(folder, "aws"), `#!${process.execPath}\n${program}`, { mode: 0o755 });
  bench = benchMachine({ cli: join(folder, "aws") });
});

afterEach(() => {
  bench.remove();
  rmSync(folder, { recursive: true });
});

const setKeys = (id: string, seconds: number): void =>
  writeFileSync(
    join(folder, "keys"),
    JSON.stringify({
      Version: 1,
      AccessKeyId: id,
      SecretAccessKey: "secret",
      SessionToken: "token",
      Expiration: new Date(Date.now() + seconds * 1000).toISOString(),
    }),
  );

const run = async (text: string, seconds: number) => {
  const { signal } = new AbortController();
  const call = { milliseconds: seconds * 1000, signal, sink: undefined, identify: true };
  const answer = await bench.engine.run(text, call);
  if (answer.kind !== "ran" || answer.result.kind !== "run") throw new Error(JSON.stringify(answer));
  return { output: answer.result.output.text, identities: answer.identities };
};

describe("the identities of an answer", () => {
  it("are those of the keys that the command ran with", async () => {
    setKeys("AKIAONE", 3600);
    const identity = {
      profile: "default",
      region: "eu-west-1",
      account: "111111111111",
      arn: "arn:aws:iam::111111111111:user/AKIAONE",
    };
    expect(await run("aws s3 ls --region eu-west-1", 20)).toEqual({ output: "AKIAONE\n", identities: [identity] });
    expect((await run("echo aws", 20)).identities).toEqual([]);
    expect(
      (await run("echo b | xargs aws s3api get-bucket-location --region eu-west-1 --bucket", 20)).identities,
    ).toEqual([identity]);
  });

  it("say nothing of an account where the command ran with others, newer ones", async () => {
    // They live long enough for the question, and not for the command.
    setKeys("AKIAONE", 200);
    expect((await run("aws s3 ls", 20)).identities[0]?.account).toBe("111111111111");
    setKeys("AKIATWO", 3600);
    const { output, identities } = await run("aws s3 ls", 300);
    expect(output).toBe("AKIATWO\n");
    expect(["222222222222", undefined]).toContain(identities[0]?.account);
  });
});
