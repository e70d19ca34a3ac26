import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { modern } from "../http/mcp-requests.js";
import { makeTokens, type Tokens } from "../http/session-tokens.js";
import { needAws, needMoto, needServer } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Redis, startRedis } from "../state/start-redis.js";
import { type Asked, approvalFor, askedFor, BEFORE, type Known, textOf } from "./asked.js";
import { type Caller, ERAS, legacyCaller, modernCaller, rawCaller, traceOf } from "./callers.js";
import { byTrace, loggedBy, replicaOf, startedWith, wasInFlight } from "./evidence.js";
import { type Nginx, UNBOUNDED } from "./nginx-process.js";
import { portsOf, type Replica, startReplicas } from "./replica.js";
import { startNginx } from "./start-nginx.js";

/** Fewer may be asked for while the test itself is worked on. */
const CALLS = Number(process.env.REPLICAS_CALLS ?? 10_000);

/** Of them, those that a person is asked about. */
const APPROVALS = 10;

/** What came of a request. */
type Outcome = { readonly asked: Asked; readonly failed: string | undefined; readonly wrong: string | undefined };

let folder: string;
let moto: Moto;
let redis: Redis;
let tokens: Tokens;
let replicas: readonly [Replica, Replica, Replica];
let nginx: Nginx;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-replicas-"));
  moto = await startMoto(needMoto());
  redis = await startRedis();
  tokens = makeTokens();
  const key = join(folder, "key");
  writeFileSync(key, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  replicas = await startReplicas(folder, {
    ...{ ...moto.environment, ...tokens.settings, AWS_MCP_AWS_CLI: needAws() },
    ...{ AWS_MCP_STATE: redis.url, AWS_MCP_STATE_KEY_FILE: key },
    ...{ AWS_MCP_CALLS_PER_MINUTE: "1000000", AWS_MCP_DRAIN: "30" },
  });
  nginx = await startNginx({ ports: portsOf(replicas), replace: UNBOUNDED });
});

afterAll(async () => {
  await nginx.stop();
  await redis.remove();
  await moto.stop();
  tokens.remove();
  rmSync(folder, { recursive: true, force: true });
});

it(`answers ${CALLS} calls rightly while replicas are killed, stopped and started, but those in flight on a killed one`, async () => {
  const known = await whatAllSay();
  const callers = await makeCallers();
  const started = Date.now();
  let isOver = false;
  const asking = askAll(callers, known).finally(() => {
    isOver = true;
  });
  const statuses = await disturb(() => isOver);
  const outcomes = await asking;
  await Promise.all(callers.map((caller) => caller.close()));
  statuses.push(...(await Promise.all(replicas.map((replica) => replica.stop()))));

  const lost = outcomes.filter(({ failed }) => failed !== undefined);
  const kills = replicas.reduce((sum, each) => sum + each.kills.length, 0);
  console.log(
    `${CALLS} calls in ${Date.now() - started} ms, ${kills} kills, ${statuses.length} stops, ${lost.length} lost`,
  );
  expect(Math.min(kills, statuses.length)).toBeGreaterThan(2);
  expect(statuses.filter((status) => status !== 0)).toEqual([]);
  expect(outcomes).toHaveLength(CALLS);
  expect(outcomes.flatMap(({ wrong }) => wrong ?? [])).toEqual([]);
  const entries = byTrace(nginx.entries());
  // A client may have asked what became of a stream, by GET; a question and its answer are two requests, the last one counts.
  const entryOf = ({ asked }: Outcome) =>
    entries.get(traceOf(asked.number))?.findLast(({ method }) => method === "POST");
  for (const each of lost) {
    expect(each.failed).toMatch(UNKNOWN);
    const inFlight = wasInFlight(entryOf(each), replicas);
    expect({ ...each, entry: entryOf(each), inFlight }).toMatchObject({ inFlight: true });
  }
  const logs = loggedBy(replicas);
  for (const each of outcomes.filter(({ asked }) => asked.command !== undefined)) {
    const lines = (logs.get(each.asked.number) ?? []).map(({ port }) => port);
    const own = [replicaOf(entryOf(each), replicas)?.port];
    if (each.failed === undefined) expect({ ...each, lines }).toEqual({ ...each, lines: own });
    // It was in flight: its line had been written or had not.
    else expect([[], own]).toContainEqual(lines);
  }
  for (const { auditLogs } of replicas) expect(verified(auditLogs)).toMatchObject({ status: 0 });
  expect(startedWith(folder)).toEqual([]);
  // Who is killed cleans nothing up; everybody else leaves nothing behind, no FIFO either.
  for (const { temporary, kills: own } of replicas) expect(readdirSync(temporary)).toHaveLength(own.length);
}, 400_000);

/** What both nginx and a replica that is asked for the rest of a stream say. */
const UNKNOWN = /what it did( by then)? is not known, so look before you send it again/;

const whatAllSay = async (): Promise<Known> => {
  const caller = rawCaller(nginx.url, tokens.alice, modern);
  const told = async (asked: Asked): Promise<string> => textOf(await caller.ask(asked));
  const texts = {
    ...{ help: await told(BEFORE.help), prompt: await told(BEFORE.prompt), resource: await told(BEFORE.resource) },
  };
  const { structuredContent } = await caller.ask({ ...BEFORE.help, ...CHECK });
  await caller.close();
  // `aws_cli_check` has an output schema with this member.
  const { policy } = structuredContent as { readonly policy: string };
  return { policy, texts };
};

const CHECK = { params: { name: "aws_cli_check", arguments: { command: "echo a" } } };

/** The first one can ask its person. */
const makeCallers = async (): Promise<readonly [Caller, ...Caller[]]> => {
  const raw = Array.from({ length: 16 }, (_, at) =>
    rawCaller(nginx.url, at < 8 ? tokens.alice : tokens.bob, ERAS[at % 2] ?? modern),
  );
  const sdks = [tokens.alice, tokens.bob, tokens.alice].flatMap((token) => [
    modernCaller(nginx.url, token),
    legacyCaller(nginx.url, token),
  ]);
  return [await modernCaller(nginx.url, tokens.bob), ...raw, ...(await Promise.all(sdks))];
};

/** Every request once, by whoever is free; what a person is asked about by the one who can be. */
const askAll = async (
  [first, ...others]: readonly [Caller, ...Caller[]],
  known: Known,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  const put = async (caller: Caller, asked: Asked): Promise<void> => {
    const outcome = await caller.ask(asked).then(
      (result) => ({ asked, failed: undefined, wrong: asked.wrong(result) }),
      (error: Error) => ({ asked, failed: error.message, wrong: undefined }),
    );
    outcomes.push(outcome);
  };
  let next = APPROVALS + 1;
  const work = async (caller: Caller): Promise<void> => {
    for (let number = next++; number <= CALLS; number = next++) await put(caller, askedFor(number, known));
  };
  const approve = async (): Promise<void> => {
    for (let number = 1; number <= APPROVALS; number++) await put(first, approvalFor(number));
  };
  await Promise.all([approve(), ...others.map(work)]);
  return outcomes;
};

/**
 * Ends one replica after the other, in turns by SIGKILL and by SIGTERM, and starts it again. Gives the exit statuses of those
 * that were told to stop.
 */
const disturb = async (isOver: () => boolean): Promise<(number | null)[]> => {
  const statuses: (number | null)[] = [];
  for (let turn = 0; !isOver(); turn++) {
    await pause(2_000);
    // Three replicas and two ways of ending: each meets each.
    const replica = replicas[turn % 3] ?? replicas[0];
    if (turn % 2 === 0) await replica.kill();
    else statuses.push(await replica.stop());
    await pause(500);
    await replica.start();
  }
  return statuses;
};

const verified = (auditLogs: string) =>
  spawnSync(process.execPath, [needServer(), "audit", "verify", auditLogs], { encoding: "utf8" });

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
