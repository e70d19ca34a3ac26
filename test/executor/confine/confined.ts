import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { collectErrors } from "../../../src/executor/collect-errors.js";
import { collectOutput } from "../../../src/executor/collect-output.js";
import { BACKENDS, type BackendName } from "../../../src/executor/confine/backend.js";
import { type FilterNeeds, filterProfile } from "../../../src/executor/confine/filter-profile.js";
import type { Profile } from "../../../src/executor/confine/profile.js";
import type { PreparedStage } from "../../../src/executor/prepare-stage.js";
import type { Child, Exit } from "../../../src/executor/spawn-stage.js";
import { pipesFor } from "../../../src/executor/stage-ends.js";
import { utilityEnvironment } from "../../../src/executor/stage-environment.js";
import { wireStages } from "../../../src/executor/wire-stages.js";
import { DEFAULT_STREAMS } from "../../../src/plan/streams.js";
import type { Bench } from "../bench-machine.js";
import { READ_HERE } from "../wired-run.js";

/** The backend that this machine is to be tested with; Debian 12's setpriv has no Landlock, a container no namespaces. */
export const BACKEND: BackendName =
  BACKENDS.find((name) => name === (process.env.AWSPIPE_TEST_BACKEND ?? "bubblewrap")) ?? "bubblewrap";

/** A call of a program that no grammar has read: what runs is what is written here. */
export type ConfinedCall = {
  /** Absolute path. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly needs?: Partial<FilterNeeds>;
  /** Changes the profile of a filter. */
  readonly change?: Partial<Profile>;
  /** Runs as the server's own user. */
  readonly own?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Sees the child while it runs. */
  readonly meanwhile?: (child: Child) => void;
  /** Ends it by KILL after this long. */
  readonly milliseconds?: number;
};

export type ConfinedEnd = { readonly exit: Exit; readonly stdout: string; readonly stderr: string };

/** Runs one program under a filter's confinement, with the first wall, the grammar, down. */
export const confined = async (bench: Bench, call: ConfinedCall): Promise<ConfinedEnd> => {
  const { machine } = bench;
  const { directories } = machine;
  const cwd = call.needs?.cwd ?? directories.empty;
  const milliseconds = call.milliseconds ?? 10_000;
  const needs = { reads: [], operands: [], writes: [], milliseconds, cwd, ...call.needs };
  const profile = filterProfile(call.program, needs);
  if (!profile.ok) throw new Error(profile.error.message);
  const confinement = await machine.confinement();
  const launcher = confinement.filter({ ...profile.value, ...call.change }, call.own === true);
  const env = { ...utilityEnvironment(machine.nextRun(), directories, machine.operator), ...call.env };
  const data = join(directories.configuration, machine.nextRun());
  writeFileSync(data, call.stdin ?? "");
  const shared = { kind: "process", streams: DEFAULT_STREAMS } as const;
  const first: PreparedStage = {
    ...shared,
    name: "cat",
    file: "/bin/cat",
    args: [data],
    env: { LC_ALL: "C" },
    cwd: "/",
    launcher: { words: [], enforces: [] },
  };
  const program = { ...shared, name: "program", file: call.program, args: call.args ?? [], env, cwd, launcher };
  const stages = [first, program] as const;
  const wired = wireStages(stages, await machine.pool.take(pipesFor(stages, READ_HERE)), READ_HERE);
  const [errorsOfFirst = -1, errorsOfProgram = -1] = wired.errors;
  const [, child] = wired.children;
  if (child === undefined || wired.output === undefined) throw new Error("nothing was started");
  const limits = { characters: 1_000_000, spoolBytes: 0, spoolPath: join(directories.configuration, "spool") };
  const output = collectOutput(wired.output, limits);
  const errors = [errorsOfFirst, errorsOfProgram].map((descriptor) => collectErrors(descriptor));
  call.meanwhile?.(child);
  const timer = setTimeout(() => child.signal("SIGKILL"), milliseconds);
  const exit = await child.exit;
  clearTimeout(timer);
  await Promise.race([
    Promise.all([output.ended, ...errors.map(({ ended }) => ended)]),
    new Promise((resolve) => setTimeout(resolve, 300)),
  ]);
  const [, stderr = ""] = errors.map((each) => each.finish());
  return { exit, stdout: output.finish().text, stderr };
};
