import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine.js";
import { runTasks } from "../../../src/server/fan-out/run-tasks.js";
import type { Task } from "../../../src/server/fan-out/tasks.js";
import { type FanOutBench, fanOutBench, outcomes, outputs, targetsOf } from "./fan-out-bench.js";
import { NAMES } from "./known.js";

const KEYS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const FIVE = NAMES.slice(0, 5);

const OPTIONS = { inOrder: true, concurrency: 8, maxOutput: 1000, tell: () => undefined };

let server: FanOutBench;
beforeAll(() => {
  server = fanOutBench({ operator: KEYS });
});
afterAll(() => server.bench.remove());

const workspaceFile = (name: string): string => readFileSync(join(server.bench.machine.workspace, name), "utf8");

describe("runTasks", () => {
  it("runs one command at each place, and gives each one's own output in their order", async () => {
    const ran = await server.run({
      commands: ["aws ec2 describe-vpcs --output json | jq -r '.argv[1:] | join(\" \")'; echo $AWS_REGION"],
      regions: FIVE,
    });
    expect(outputs(ran)).toEqual(
      FIVE.map((region) => `ec2 describe-vpcs --region=${region} --output=json\n${region}\n`),
    );
    expect(outcomes(ran)).toEqual(FIVE.map((region) => `${region} success`));
  });

  it("goes on after a command that fails, however it fails", async () => {
    const ran = await server.run({
      commands: ["echo a", "aws no-such thing", "printf '%d' x", "echo 'b", "seq 3 | xargs -n 1 nothing", "echo c"],
    });
    expect(outcomes(ran)).toEqual([
      "echo a success",
      "aws no-such thing error aws-service-unknown",
      "printf '%d' x success",
      "echo 'b error unclosed-single-quote",
      "seq 3 | xargs -n 1 nothing error unknown-utility",
      "echo c success",
    ]);
  });

  it("runs the commands of a list one after the other, so that one sees what another has written", async () => {
    const ran = await server.run({
      commands: ["echo one | tee a.txt", "cat a.txt", "echo two | tee a.txt", "cat a.txt", "cat b.txt"],
    });
    expect(outputs(ran)).toEqual(["one\n", "one\n", "two\n", "two\n", ""]);
    expect(outcomes(ran).at(-1)).toBe("cat b.txt error file-missing");
  });

  it("judges a file when the command that reads it has its turn", async () => {
    const item = JSON.stringify({ Bucket: "b", Key: "k", endpoint: "x" });
    const write = `echo '${item}' | tee input.json`;
    const ran = await server.run({ commands: [write, "aws s3api get-object --cli-input-json file://input.json -"] });
    expect(outcomes(ran)[1]).toMatch(/ error aws-/);
    expect(workspaceFile("input.json")).toBe(`${item}\n`);
  });

  it("refuses a file that several places would write, and says how else", async () => {
    const at = async (command: string, regions: readonly string[]) =>
      outcomes(await server.run({ commands: [command], regions }));
    const two = NAMES.slice(0, 2);
    const refused = two.map((region) => `${region} error fan-out-writes-file`);
    const outfile = "aws s3api get-object --bucket b --key k out.bin";
    for (const command of [
      "echo a | tee t1.txt",
      outfile,
      "echo a | xargs -I {} tee t2.txt",
      "aws s3 cp s3://b/k t3.txt",
      "true; echo $(echo a | tee t4.txt)",
    ])
      expect([command, await at(command, two)]).toEqual([command, refused]);
    expect(readdirSync(server.bench.machine.workspace).filter((name) => /^t\d/.test(name))).toEqual([]);
    expect(await at("echo a | tee t5.txt", two.slice(0, 1))).toEqual([`${two[0]} success`]);
    expect(await at(outfile.replace("out.bin", "-"), two)).toEqual(two.map((region) => `${region} success`));
    const { answer } = await server.run({ commands: ["echo a | tee t6.txt"], regions: two });
    expect(answer.structured.error).toEqual({
      kind: "refusal",
      code: "fan-out-writes-file",
      message: "it would write the same workspace file from 2 places at once",
      hint: "write `-` in place of the file, or leave `tee` out: the answer holds each one's output; or send a call for each place",
    });
  });

  it("lets a list of commands write at one place, and refuses it as a read does where it only reads", async () => {
    const commands = ["echo a | tee w.txt", "cat w.txt"] as const;
    expect(outcomes(await server.run({ commands, regions: ["us-east-1"] }))).toEqual([
      "echo a | tee w.txt us-east-1 success",
      "cat w.txt us-east-1 success",
    ]);
    expect(outcomes(await server.run({ commands, regions: NAMES.slice(0, 2) }, { readOnly: true }))[0]).toBe(
      "echo a | tee w.txt af-south-1 error aws-outfile-refused",
    );
  });

  it("refuses what a person would be asked about, and tells how to send it alone", async () => {
    const commands = ["echo a", "aws s3 rm s3://b-$AWS_REGION/k | cat", "echo b"] as const;
    const ran = await server.run({ commands, regions: ["us-west-2"] });
    expect(outcomes(ran)).toEqual([
      "echo a us-west-2 success",
      "aws s3 rm s3://b-$AWS_REGION/k | cat us-west-2 error ask-in-fan-out",
      "echo b us-west-2 success",
    ]);
    const { message, hint } = targetsOf(ran.answer)[1]?.error ?? { message: "", hint: "" };
    expect(message).toBe(
      "`aws s3 rm` is `destroy`: deletes objects, and a person is asked about one command at a time",
    );
    expect(hint).toBe("send it in a call of its own: `aws --region=us-west-2 s3 rm s3://b-us-west-2/k | cat`");
    const alone = /`(.*)`$/.exec(hint)?.[1] ?? "";
    const { signal } = new AbortController();
    expect((await server.engine.check(alone, { signal })).verdict).toBe("ask");
  });

  it("shares what the answer may hold among all, with five hundred characters for each at least", async () => {
    const long = "seq 10000";
    const three = await server.run({ commands: [long, "echo a", long] }, { maxOutput: 3000 });
    expect(outputs(three).map(({ length }) => length)).toEqual([1000, 2, 1000]);
    expect(targetsOf(three.answer).map(({ dropped }) => dropped !== undefined)).toEqual([true, false, true]);
    const ten = await server.run({ commands: [long], regions: FIVE }, { maxOutput: 1000 });
    expect(outputs(ten).map(({ length }) => length)).toEqual(FIVE.map(() => 500));
  });

  it("tells each end once, in the order of counting", async () => {
    const told: (readonly [number, number])[] = [];
    const commands = ["echo a", "aws no-such thing", "echo b"] as const;
    await server.run({ commands, regions: NAMES.slice(0, 2) }, { tell: (done, all) => told.push([done, all]) });
    expect(told).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });

  it("does not run what is known not to run, and runs the rest", async () => {
    const problem = { code: "aws-no-credentials", message: "nobody knows its keys", hint: "tell the operator" };
    const tasks: readonly [Task, ...Task[]] = [
      { step: 0, command: "echo a", target: { profile: "prod" }, problem },
      { step: 0, command: "echo $AWS_REGION", target: { region: "eu-west-1" } },
    ];
    const { signal } = new AbortController();
    const options = { ...OPTIONS, book: server.bench.book };
    const [first, second] = await runTasks(server.engine, tasks, { milliseconds: 9000, signal }, options);
    expect(first?.answer).toMatchObject({ kind: "ran", result: { kind: "failure", ...problem } });
    expect(second?.answer).toMatchObject({ kind: "ran", result: { kind: "run", output: { text: "eu-west-1\n" } } });
  });

  it("ends a call by a mistake of ours only when the other tasks have ended", async () => {
    let ended = 0;
    const engine: Engine = {
      ...server.engine,
      run: async (text, options) => {
        if (options.target?.region === "eu-west-1") throw new Error("a mistake");
        const answer = await server.engine.run(text, options);
        ended += 1;
        return answer;
      },
    };
    const tasks = await server.tasks({ commands: ["echo a", "echo b"], regions: FIVE });
    const { signal } = new AbortController();
    const options = { ...OPTIONS, book: server.bench.book };
    await expect(runTasks(engine, tasks, { milliseconds: 9000, signal }, options)).rejects.toThrow("a mistake");
    expect(ended).toBe(4);
  });
});

describe("runTasks, with a bound", () => {
  it("hands no more tasks to the engine at once", async () => {
    let [now, most] = [0, 0];
    const engine: Engine = {
      ...server.engine,
      run: async (text, options) => {
        now += 1;
        most = Math.max(most, now);
        return server.engine.run(text, options).finally(() => {
          now -= 1;
        });
      },
    };
    const tasks = await server.tasks({ commands: ["true"], regions: NAMES });
    const { signal } = new AbortController();
    const options = { ...OPTIONS, concurrency: 2, book: server.bench.book };
    const ends = await runTasks(engine, tasks, { milliseconds: 9000, signal }, options);
    expect([most, ends.length]).toEqual([2, NAMES.length]);
  });
});

describe("runTasks, where the client confirms every call", () => {
  let client: FanOutBench;
  beforeAll(() => {
    client = fanOutBench({ operator: KEYS }, { approval: "client" });
  });
  afterAll(() => client.bench.remove());

  it("takes that for the first command of a list, at each of its places, and not for what comes after it", async () => {
    const rm = "aws s3 rm s3://b/k";
    const ran = await client.run({ commands: [rm, "echo a", rm], regions: NAMES.slice(0, 2) });
    expect(outcomes(ran)).toEqual([
      `${rm} af-south-1 success`,
      `${rm} ap-east-1 success`,
      "echo a af-south-1 success",
      "echo a ap-east-1 success",
      `${rm} af-south-1 error ask-in-fan-out`,
      `${rm} ap-east-1 error ask-in-fan-out`,
    ]);
  });
});
