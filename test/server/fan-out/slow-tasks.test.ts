import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCommand } from "../processes.js";
import { makeSlowAws } from "../slow-aws.js";
import { type FanOutBench, fanOutBench, outcomes, outputs, targetsOf } from "./fan-out-bench.js";
import { NAMES } from "./known.js";

const KEYS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const FIVE = NAMES.slice(0, 5);

describe("runTasks, with a slow AWS CLI", () => {
  let cli: string;
  let slow: FanOutBench;
  beforeAll(() => {
    cli = makeSlowAws();
    slow = fanOutBench({ cli, operator: KEYS, concurrency: 3 });
  });
  afterAll(() => {
    slow.bench.remove();
    rmSync(dirname(cli), { recursive: true, force: true });
  });

  const seconds = (count: number, operation = "describe-vpcs") => `aws ec2 ${operation} --cli-read-timeout=${count}`;

  it("runs as many at once as the server may, and no more", async () => {
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, withCommand(`${cli} `).length);
    }, 50);
    const ran = await slow.run({ commands: [seconds(1)], regions: NAMES }).finally(() => clearInterval(watching));
    expect(outputs(ran)).toEqual(NAMES.map(() => "started\n"));
    expect(most).toBe(3);
  });

  it("runs all commands at once where their order means nothing, and else one after the other", async () => {
    const commands = [seconds(1), seconds(1), seconds(1)] as const;
    const time = async (inOrder: boolean) => {
      const started = Date.now();
      await slow.run({ commands }, { inOrder });
      return Date.now() - started;
    };
    const [together, apart] = [await time(false), await time(true)];
    expect(apart).toBeGreaterThanOrEqual(3000);
    expect(together).toBeLessThan(apart - 900);
  });

  it("ends all when the call is cancelled: what has run stays, what has not does not run, and no process is left", async () => {
    const stop = new AbortController();
    const commands = ["echo a", seconds(60, "describe-availability-zones"), "echo b"] as const;
    const tell = (done: number): void => {
      if (done === FIVE.length) setTimeout(() => stop.abort(), 1500);
    };
    const ran = await slow.run({ commands, regions: FIVE }, { signal: stop.signal, tell });
    const codes = outcomes(ran).map((outcome) => outcome.split(" ").slice(-2).join(" "));
    expect(codes.slice(0, 5)).toEqual(FIVE.map((region) => `${region} success`));
    expect(codes.slice(5, 10).toSorted()).toEqual([
      "error cancelled",
      "error cancelled",
      "error cancelled",
      "not-run cancelled",
      "not-run cancelled",
    ]);
    expect(codes.slice(10)).toEqual(FIVE.map(() => "not-run cancelled"));
    expect(outputs(ran).filter((output) => output === "started\n").length).toBe(3);
    expect(withCommand(cli)).toEqual([]);
  });

  it("has one deadline for all tasks", async () => {
    const commands = ["echo a", seconds(60), "echo b"] as const;
    const started = Date.now();
    const ran = await slow.run({ commands, regions: NAMES.slice(0, 4) }, { milliseconds: 3000 });
    expect(Date.now() - started).toBeLessThan(6000);
    const codes = outcomes(ran).map((outcome) => outcome.split(" ").slice(-2).join(" "));
    expect(codes.slice(0, 4).every((code) => code.endsWith("success"))).toBe(true);
    expect(codes.slice(4, 8).toSorted()).toEqual([
      "error deadline",
      "error deadline",
      "error deadline",
      "not-run deadline",
    ]);
    expect(codes.slice(8)).toEqual([1, 2, 3, 4].map(() => "not-run deadline"));
    expect(ran.answer.structured.status).toBe("partial");
    expect(targetsOf(ran.answer)[4]?.exit_code).toBe(124);
    expect(withCommand(cli)).toEqual([]);
  });

  it("starts nothing where the call was cancelled before", async () => {
    const ran = await slow.run({ commands: ["echo a"], regions: FIVE }, { signal: AbortSignal.abort() });
    expect(outcomes(ran)).toEqual(FIVE.map((region) => `${region} not-run cancelled`));
    expect(ran.answer.structured.status).toBe("error");
  });

  it("warns of no leak of listeners, however many tasks wait for one signal", async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error): number => warnings.push(warning);
    process.on("warning", hear);
    await slow.run({ commands: ["true", "true", "true"], regions: NAMES }, { inOrder: false });
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off("warning", hear);
    expect(warnings).toEqual([]);
  });
});
