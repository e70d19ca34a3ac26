import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eachBucket } from "../../../src/server/prompts/each.js";
import { type Bench, benchMachine } from "../../executor/bench-machine.js";
import { needAws, needMoto } from "../../provision/needs.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { fencedCommands } from "./fenced-commands.js";
import { ORDINARY, render } from "./rendered.js";

describe("a command for each name of a list", () => {
  let moto: Moto;
  let bench: Bench;

  beforeAll(async () => {
    moto = await startMoto(needMoto());
    bench = benchMachine({ cli: needAws(), operator: moto.environment });
    for (const name of ["first", "second", "third"]) await bench.run(`aws s3 mb s3://${name}`);
    await bench.run("aws s3api put-bucket-tagging --bucket second --tagging 'TagSet=[{Key=owner,Value=me}]'");
  });

  afterAll(async () => {
    bench.remove();
    await moto.stop();
  });

  it("writes each command above its answer, or above the error that there is none", async () => {
    const ran = await bench.run(eachBucket("get-bucket-tagging"));
    const lines = ran.output.text.split("\n").filter((line) => line.trim() !== "");
    const told = lines.filter((line) => /^aws |"Value"|NoSuchTagSet/.test(line));
    expect(told.map((line) => line.replace(/.*(NoSuchTagSet).*/, "$1").trim())).toEqual([
      "aws s3api get-bucket-tagging --bucket first",
      "NoSuchTagSet",
      "aws s3api get-bucket-tagging --bucket second",
      '"Value": "me"',
      "aws s3api get-bucket-tagging --bucket third",
      "NoSuchTagSet",
    ]);
    expect(ran.stages.map(({ stderr }) => stderr)).toEqual(["", ""]);
  });

  it("keeps the trace beside the answers wherever there is one", () => {
    const commands = ORDINARY.flatMap((asked) => fencedCommands(render(asked)).map(({ command }) => command));
    const traced = commands.filter((command) => / xargs .*-t /.test(command));
    expect(traced.length).toBeGreaterThan(50);
    expect(traced.filter((command) => !command.endsWith(" 2>&1"))).toEqual([]);
  });
});
