import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import type { CanonicalStage, StageFile } from "../policy/verdict.js";
import { fileReason } from "./file-reason.js";
import { linkFormatters } from "./find-cli.js";
import { isExecutable, type Launcher } from "./launcher.js";
import type { Machine } from "./machine.js";
import { type OutputFile, prepareOutputs } from "./prepare-outputs.js";
import type { RunFailure } from "./run-result.js";
import type { Snapshot } from "./snapshot.js";
import { awsEnvironment, type Environment, helpEnvironment, utilityEnvironment } from "./stage-environment.js";
import type { StageSnapshots } from "./stage-snapshots.js";

/** A stage with everything that its process needs but its descriptors. */
export type PreparedStage = {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly cwd: string;
  readonly launcher: Launcher;
};

/**
 * Finds a stage's program, checks its files and resolves its identity. Everything that can take time or go wrong
 * happens here, before the first process of the pipeline exists.
 */
export const prepareStage = async (
  stage: CanonicalStage,
  index: number,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<PreparedStage, RunFailure>> => {
  const prepared =
    stage.kind === "aws"
      ? await prepareAws(stage, index, run, machine)
      : await prepareUtility(stage, index, run, machine);
  return prepared.ok ? prepared : err({ kind: "failure", stage: index, ...prepared.error });
};

/** What the stages of one run share. */
export type PreparedRun = {
  readonly id: string;
  /** The deadline. */
  readonly milliseconds: number;
  /** The files that were read for judging. */
  readonly snapshots: StageSnapshots | undefined;
  /** See `RunOptions`. */
  readonly keys: ReadonlyMap<string, string> | undefined;
};

/** Why a stage cannot run, before it is known which stage it is. */
export type Reason = Omit<RunFailure, "kind" | "stage">;
type AwsStage = Extract<CanonicalStage, { kind: "aws" }>;
type UtilityStage = Extract<CanonicalStage, { kind: "utility" }>;

const prepareAws = async (
  stage: AwsStage,
  index: number,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<PreparedStage, Reason>> => {
  const { cli } = machine;
  if (!cli.ok) return err(cli.error);
  const cwd = await stageFolder(stage, index, run, machine);
  if (!cwd.ok) return cwd;
  const env = await awsStageEnvironment(stage, run, machine);
  if (!env.ok) return env;
  const launcher = (await machine.launchers()).aws;
  const [name, ...args] = stage.argv;
  return ok({ name, file: cli.value.path, args, env: env.value, cwd: cwd.value, launcher });
};

// What was judged is what is in the stage's own folder; a stage without files gets one in which nothing is.
const stageFolder = async (
  { files }: AwsStage,
  index: number,
  { snapshots }: PreparedRun,
  { directories }: Machine,
): Promise<Result<string, Reason>> => {
  if (files.length === 0) return ok(directories.empty);
  if (snapshots === undefined) throw new Error("a stage with files was approved without them");
  const snapshot = snapshots.of(index);
  for (const { path, how, sha256 } of files)
    if (!isOutput(how) && (sha256 === undefined || snapshot.digest(path)?.sha256 !== sha256))
      throw new Error("a file that was approved is not the one that was read");
  const covered = (path: string) => files.some((file) => path === file.path || path.startsWith(`${file.path}/`));
  for (const name of snapshot.taken.keys())
    if (!covered(join(snapshot.workspace, name))) throw new Error("a file was read that no approval covers");
  const ready = await prepareOutputs(snapshot, outputsOf(files));
  return ready.ok ? ok(snapshot.directory()) : ready;
};

/** Whether a stage makes such a file. */
const isOutput = (how: StageFile["how"]): how is "write" | "write-folder" => how === "write" || how === "write-folder";

/** The files that a stage makes, as they are taken from its folder. */
export const outputsOf = (files: readonly StageFile[]): readonly OutputFile[] =>
  files.flatMap(({ path, how }) => (isOutput(how) ? [{ path, how: how === "write" ? how : "folder" }] : []));

const awsStageEnvironment = async (
  stage: AwsStage,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<Environment, Reason>> => {
  const { directories, operator } = machine;
  if (stage.run !== "operation") return helpStageEnvironment(stage, run.id, machine);
  const identity = await machine.identities.resolve(stage.profile, run.milliseconds);
  if (!identity.ok) return err(noCredentials(identity.error));
  const expected = run.keys?.get(stage.profile ?? "");
  if (expected !== undefined && expected !== identity.value.keys.AWS_ACCESS_KEY_ID) return err(otherKeys);
  return ok(awsEnvironment(run.id, directories, operator, { ...identity.value, region: stage.region }));
};

const helpStageEnvironment = (
  stage: AwsStage,
  run: string,
  { directories, operator }: Machine,
): Result<Environment, Reason> => {
  if (stage.run === "version") return ok(helpEnvironment(run, directories, operator, ""));
  const { missing, pager } = linkFormatters(directories.helpPath, operator);
  return missing.length > 0 ? err(noFormatter(missing)) : ok(helpEnvironment(run, directories, operator, pager));
};

const prepareUtility = async (
  stage: UtilityStage,
  index: number,
  { id, snapshots }: PreparedRun,
  machine: Machine,
): Promise<Result<PreparedStage, Reason>> => {
  const [name, ...args] = stage.argv.map((word, argument) => copyOf(word, argument, stage, snapshots?.of(index)));
  if (name === undefined) throw new Error("a stage without a name was approved");
  const file = stage.paths.find(isExecutable);
  if (file === undefined) return err(missingProgram(name, stage.paths));
  const reason = fileReason(
    stage.files.map(({ path }) => path),
    machine.workspace,
  );
  if (reason !== undefined) return err(reason);
  const launchers = await machine.launchers();
  const launcher = stage.files.length === 0 ? launchers.utility : launchers.utilityWithFiles;
  const env = utilityEnvironment(id, machine.directories, machine.operator);
  return ok({ name, file, args, env, cwd: machine.directories.empty, launcher });
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

const noFormatter = (missing: readonly string[]): Reason => ({
  code: "help-formatter-missing",
  message: `help pages need ${missing.map((name) => `\`${name}\``).join(", ")}, not installed on the server`,
  hint: "the operator installs groff (Debian: `apt-get install groff-base`)",
});

const otherKeys: Reason = {
  code: "identity-changed",
  message: "the credentials are no longer those that the command was judged for",
  hint: "send it again",
};

const noCredentials = (words: string): Reason => ({
  code: "no-credentials",
  message: `no credentials were found for this command${words === "" ? "" : `; the AWS CLI says: ${words}`}`,
  hint: "the operator gives them by AWS_PROFILE, by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by a role",
});
