import { afterEach, describe, expect, it } from "vitest";
import { type Container, runOnce, type Served, serveStdio, startDetached } from "./container.js";
import { engine } from "./engine.js";
import { type Process, processesIn } from "./processes.js";
import { type SilentAws, silentAws } from "./silent-aws.js";

const opened: { readonly close: () => unknown }[] = [];
const started: Container[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map(({ remove }) => remove()));
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

const serve = async (chosen: Parameters<typeof serveStdio>[0] = {}): Promise<Served> => {
  const served = await serveStdio(chosen);
  opened.push(served);
  return served;
};

const silent = async (): Promise<SilentAws> => {
  const aws = await silentAws();
  opened.push(aws);
  return aws;
};

/** A server on stdio that keeps its input, with nobody who says anything. */
const detached = async (until: string): Promise<Container> => {
  const container = await startDetached({ flags: ["--interactive", "--network", "none"] }, until);
  started.push(container);
  return container;
};

const exitOf = async ({ name }: Container): Promise<number> =>
  Number(await engine("inspect", "--format", "{{.State.ExitCode}}", name));

/** Milliseconds that the engine takes to tell it, besides the server's own two seconds. */
const AROUND = 1_000;

/** The first process; the server, and its egress proxy, by the name that Node gives to its thread. */
const OWN = ["tini", "MainThread", "node"];

const isOwn = ({ name, state }: Process): boolean => OWN.includes(name) && state !== "Z";

/** What is left of calls, after at most some seconds. */
const leftIn = async (served: Container, tries = 15): Promise<readonly Process[]> => {
  const left = (await processesIn(served)).filter((each) => !isOwn(each));
  if (left.length === 0 || tries === 0) return left;
  await new Promise((resolve) => setTimeout(resolve, 200));
  return leftIn(served, tries - 1);
};

describe("a call in the container", () => {
  it("leaves no process when it is cancelled", async () => {
    const aws = await silent();
    const served = await serve({ flags: ["--network", "host"], settings: aws.settings });
    const abort = new AbortController();
    const command = "aws s3api list-buckets | sort | wc -l";
    const call = served.call({ name: "aws_cli_pipeline", arguments: { command } }, { signal: abort.signal });
    call.catch(() => undefined);
    await aws.asked;
    expect((await processesIn(served)).map(({ name }) => name)).toEqual(expect.arrayContaining(["aws", "sort", "wc"]));
    abort.abort();
    await expect(call).rejects.toThrow();
    expect(await leftIn(served)).toEqual([]);
  });

  it("leaves none, and no zombie, of two hundred pipelines", async () => {
    const served = await serve();
    const command = Array.from({ length: 20 }, (_, index) => `seq ${index} | sort | tail -n 1`);
    for (let calls = 0; calls < 10; calls += 1)
      expect(await served.call({ name: "aws_cli_pipeline", arguments: { command } })).toMatchObject({ isError: false });
    expect(await leftIn(served)).toEqual([]);
  });
});

describe("the container", () => {
  it("stops within two seconds, and its status is 0", { retry: 2 }, async () => {
    const container = await detached('"event":"sandbox"');
    expect(await container.stop()).toBeLessThan(2_000);
    expect(await exitOf(container)).toBe(0);
  });

  it("stops as fast while a pipeline runs", { retry: 2 }, async () => {
    const aws = await silent();
    const served = await serve({ flags: ["--network", "host"], settings: aws.settings });
    const call = served.call({ name: "aws_cli_pipeline", arguments: { command: "aws s3 ls | sort" } });
    call.catch(() => undefined);
    await aws.asked;
    expect(await served.stop()).toBeLessThan(2_000 + AROUND);
  });

  it("stops while it starts, when nobody handles signals yet", { retry: 2 }, async () => {
    const container = await detached("");
    expect(await container.stop()).toBeLessThan(2_000);
  });

  it("ends when its client is killed", async () => {
    const served = await serve();
    process.kill(served.pid, "SIGKILL");
    const gone = async (tries: number): Promise<boolean> => {
      if ((await engine("ps", "--quiet", "--filter", `id=${served.name}`)) === "") return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return tries > 0 && gone(tries - 1);
    };
    expect(await gone(50)).toBe(true);
  });
});

describe("without a network", () => {
  it("it judges, filters run, and the AWS CLI says what it misses", async () => {
    const settings = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };
    const served = await serve({ settings });
    const run = (command: string) => served.call({ name: "aws_cli_pipeline", arguments: { command } });
    expect(await run("echo b | tr b a")).toMatchObject({ isError: false, text: expect.stringContaining("\na\n") });
    expect(await run("aws iam create-access-key")).toMatchObject({
      isError: true,
      text: expect.stringContaining("effect-permissions"),
    });
    expect(await run("aws s3 ls")).toMatchObject({
      isError: true,
      data: { error: { code: "egress-unreachable" } },
    });
  });

  it("commands besides the server run, too", async () => {
    expect(await runOnce(["--version"])).toMatchObject({ ok: true, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(await runOnce(["token", "ci"])).toMatchObject({ ok: true, stdout: expect.stringMatching(/^awsp_/) });
    expect(await runOnce(["check", "aws s3 ls | bash"])).toMatchObject({ ok: false });
  });
});
