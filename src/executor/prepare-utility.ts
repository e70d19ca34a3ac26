import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import type { CanonicalStage } from "../policy/verdict.js";
import { filterProfile } from "./confine/filter-profile.js";
import { fileReason } from "./file-reason.js";
import { isExecutable, type Launcher } from "./launcher.js";
import type { Machine } from "./machine.js";
import { isOutput, outputsOf } from "./outputs-of.js";
import { prepareOutputs } from "./prepare-outputs.js";
import type { PreparedProcess, PreparedRun, Reason } from "./prepare-stage.js";
import { makeScratch } from "./scratch.js";
import type { Snapshot } from "./snapshot.js";
import { utilityEnvironment } from "./stage-environment.js";

type UtilityStage = Extract<CanonicalStage, { kind: "utility" }>;

/** A filter: its program, its files, a folder to write in where it needs one, its confinement. */
export const prepareUtility = async (
  stage: UtilityStage,
  index: number,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<PreparedProcess, Reason>> => {
  const [name, ...args] = stage.argv.map((word, argument) => copyOf(word, argument, stage, run.snapshots?.of(index)));
  if (name === undefined) throw new Error("a stage without a name was approved");
  const file = stage.paths.find(isExecutable);
  if (file === undefined) return err(missingProgram(name, stage.paths));
  const reason = fileReason(stage.files, machine.workspace);
  if (reason !== undefined) return err(reason);
  const places = await placesOf(stage, index, run, machine);
  if (!places.ok) return places;
  const launcher = await launcherOf(stage, file, args, places.value, run, machine);
  if (!launcher.ok) return launcher;
  const { scratch, cwd } = places.value;
  const env = utilityEnvironment(run.id, machine.directories, machine.operator, scratch);
  return ok({ kind: "process", name, streams: stage.streams, file, args, env, cwd, launcher: launcher.value });
};

type Places = {
  readonly cwd: string;
  readonly writes: readonly string[];
  /** Where a utility puts what does not fit into memory. */
  readonly scratch: string | undefined;
};

// What a filter writes, it writes into a folder of its own; what looks into the workspace, runs in it.
const placesOf = async (
  stage: UtilityStage,
  index: number,
  { id, snapshots }: PreparedRun,
  machine: Machine,
): Promise<Result<Places, Reason>> => {
  const { directories, workspace } = machine;
  const { utility } = (await machine.confinement()).unconfined;
  // Root without the right to become another user runs filters as itself.
  const own = stage.files.length > 0 || !utility.enforces.includes("unprivileged-user");
  const scratch = stage.scratch ? makeScratch(directories, id, index, own) : undefined;
  const writes = scratch === undefined ? [] : [scratch];
  if (stage.files.some(({ how }) => isOutput(how))) {
    if (snapshots === undefined) throw new Error("a stage with files was approved without them");
    const snapshot = snapshots.of(index);
    const ready = await prepareOutputs(snapshot, outputsOf(stage.files));
    const cwd = snapshot.directory();
    return ready.ok ? ok({ cwd, writes: [...writes, cwd], scratch }) : ready;
  }
  const looks = stage.files.some(({ how }) => how === "folder");
  return ok({ cwd: looks ? workspace : directories.empty, writes, scratch });
};

const launcherOf = async (
  stage: UtilityStage,
  file: string,
  args: readonly string[],
  { cwd, writes }: Places,
  { milliseconds }: PreparedRun,
  machine: Machine,
): Promise<Result<Launcher, Reason>> => {
  const { filters, unconfined, filter } = await machine.confinement();
  const own = stage.files.length > 0;
  if (filters === undefined) return ok(own ? unconfined.utilityWithFiles : unconfined.utility);
  const operands = stage.files.flatMap(({ argument, how, path }) =>
    how === "read" ? (args[argument - 1] ?? []) : how === "folder" ? [path] : [],
  );
  const profile = filterProfile(file, { reads: stage.reads, operands, writes, cwd, milliseconds });
  if (!profile.ok) return profile;
  return ok(filter(profile.value, own));
};

// A filter whose files a person was asked about reads the copies that the question was about.
const copyOf = (word: string, argument: number, { files }: UtilityStage, snapshot: Snapshot | undefined): string => {
  const file = files.find((each) => each.argument === argument && each.sha256 !== undefined);
  if (file === undefined) return word;
  if (snapshot === undefined || snapshot.digest(file.path)?.sha256 !== file.sha256)
    throw new Error("a file that was approved is not the one that was read");
  return join(snapshot.directory(), file.path.slice(snapshot.workspace.length));
};

const missingProgram = (name: string, paths: readonly string[]): Reason => ({
  code: "program-missing",
  message: `\`${name}\` is not installed on the server: none of ${paths.map((path) => `\`${path}\``).join(", ")} is there`,
  hint: "ask the operator to install it, or use another utility",
});
