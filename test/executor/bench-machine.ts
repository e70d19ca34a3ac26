import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine, type Engine } from "../../src/engine.js";
import type { BackendName } from "../../src/executor/confine/backend.js";
import { ALL_BACKENDS } from "../../src/executor/confine/find-confinement.js";
import { profileRegions } from "../../src/executor/identity.js";
import type { Machine } from "../../src/executor/machine.js";
import { makeMachine } from "../../src/executor/make-machine.js";
import type { CompletedRun, RunFailure, RunResult } from "../../src/executor/run-result.js";
import { createSeals, type Seals } from "../../src/policy/approval/seals.js";
import { spentInMemory } from "../../src/policy/approval/spent-seals.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { readSettings } from "../../src/settings.js";
import { ruleBookOf } from "../../src/start-engine.js";
import { indexGrammars } from "../../src/utilities/index-grammars.js";
import { loadGrammars } from "../../src/utilities/load-grammars.js";
import { installPrograms, PROGRAMS, programGrammar } from "./test-programs.js";

export type BenchSettings = {
  readonly milliseconds: number;
  readonly graceMilliseconds: number;
  readonly maxOutput: number;
  readonly maxSpool: number;
  readonly concurrency: number;
  /** The operator's environment; HOME is the bench's own where it is not named. */
  readonly operator: NodeJS.ProcessEnv;
  /** Path of the AWS CLI; the fake one of test/programs where it is not named. */
  readonly cli: string;
  readonly profiles: readonly [string, ...string[]];
  readonly now: () => number;
  /** Off where it is not named: the programs of test/programs are scripts that do what no filter may. */
  readonly sandbox: "auto" | "required" | "off";
  readonly backends: readonly BackendName[];
  /** Off where it is not named; who turns it on stops it. */
  readonly egress: "aws" | "off";
};

/** A machine and an engine whose rule book lets the programs of test/programs through besides the real utilities. */
export type Bench = {
  readonly machine: Machine;
  readonly engine: Engine;
  readonly seals: Seals;
  readonly book: RuleBook;
  /** Names of the runs so far; their processes carry them. */
  readonly runs: ReadonlySet<string>;
  /** Where the programs are. */
  readonly programs: string;
  /** The operator's HOME. */
  readonly home: string;
  readonly settings: BenchSettings;
  /** Runs a text that is let through, and whatever comes of it. */
  readonly attempt: (text: string, signal?: AbortSignal) => Promise<RunResult>;
  /** Runs a text that is let through and starts. */
  readonly run: (text: string, signal?: AbortSignal) => Promise<CompletedRun>;
  /** Runs a text that is let through and fails. */
  readonly fail: (text: string, signal?: AbortSignal) => Promise<RunFailure>;
  readonly remove: () => void;
};

export const benchMachine = (chosen: Partial<BenchSettings> = {}): Bench => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  chmodSync(root, 0o755);
  const [programs, home] = [join(root, "programs"), join(root, "home")];
  installPrograms(programs);
  mkdirSync(join(home, ".aws"), { recursive: true });
  const settings: BenchSettings = { ...defaults, cli: join(programs, "fake-aws"), ...chosen };
  const operator = { HOME: home, PATH: "/usr/bin:/bin", ...settings.operator };
  const runs = new Set<string>();
  const made = makeMachine({
    cli: { path: settings.cli, allowV1: false, operator },
    workspace: undefined,
    sandbox: settings.sandbox,
    egress: settings.egress,
    backends: settings.backends,
    temporary: root,
    operator,
    now: settings.now,
  });
  const nextRun = (): string => {
    const name = made.nextRun();
    runs.add(name);
    return name;
  };
  const machine = { ...made, nextRun };
  const book = ruleBook(programs, machine.workspace, settings.profiles);
  const seals = createSeals({
    key: randomBytes(32),
    spent: spentInMemory(settings.now),
    now: settings.now,
    nonce: () => randomBytes(16).toString("hex"),
  });
  const engine = createEngine({ ...settings, book, machine, seals });
  // A test may write the operator's files after this; the regions in them are known when a server starts.
  let started = { regions: "", engine };
  const engineOf = async (): Promise<Engine> => {
    const regions = await profileRegions(book.profiles, operator);
    const key = JSON.stringify([...regions]);
    if (key !== started.regions)
      started = { regions: key, engine: createEngine({ ...settings, book: { ...book, regions }, machine, seals }) };
    return started.engine;
  };
  const attempt = async (text: string, signal = new AbortController().signal): Promise<RunResult> => {
    const answer = await (await engineOf()).run(text, { milliseconds: settings.milliseconds, signal, sink: undefined });
    if (answer.kind === "ran-several") throw new Error(`${text}: is more than one pipeline`);
    if (answer.kind !== "ran") throw new Error(`${text}: ${answer.checked.message}`);
    return answer.result;
  };
  return {
    machine,
    engine,
    seals,
    book,
    runs,
    programs,
    home,
    settings,
    attempt,
    run: async (text, signal) => {
      const result = await attempt(text, signal);
      if (result.kind !== "run") throw new Error(`${text}: ${result.message}`);
      return result;
    },
    fail: async (text, signal) => {
      const result = await attempt(text, signal);
      if (result.kind !== "failure") throw new Error(`${text}: did not fail`);
      return result;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

const defaults = {
  milliseconds: 30_000,
  graceMilliseconds: 200,
  maxOutput: 100_000,
  maxSpool: 1024 * 1024,
  concurrency: 8,
  operator: {},
  profiles: ["default"] as const,
  now: Date.now,
  sandbox: "off" as const,
  egress: "off" as const,
  backends: ALL_BACKENDS,
};

const ruleBook = (programs: string, workspace: string, profiles: BenchSettings["profiles"]): RuleBook => {
  const loaded = loadGrammars([...realGrammars, ...PROGRAMS.map((name) => programGrammar(name, programs))]);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return { ...ruleBookOf(readSettings({}), {}, workspace), utilities: indexGrammars(loaded.value), profiles };
};

const FOLDER = fileURLToPath(new URL("../../grammar/utilities/", import.meta.url));
const realGrammars = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => ({ file: name, text: readFileSync(join(FOLDER, name), "utf8") }));
