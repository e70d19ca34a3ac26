import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import type { CanonicalStage } from "../policy/verdict.js";
import { credentialProblem } from "./aws-errors/credential-problem.js";
import { awsProfile, helpProfile } from "./confine/aws-profile.js";
import type { Reach } from "./egress.js";
import { linkedFormatters, linkFormatters } from "./find-cli.js";
import type { Launcher } from "./launcher.js";
import type { Machine } from "./machine.js";
import { isOutput, outputsOf } from "./outputs-of.js";
import { prepareOutputs } from "./prepare-outputs.js";
import type { PreparedProcess, PreparedRun, Reason } from "./prepare-stage.js";
import { awsEnvironment, type Environment, helpEnvironment } from "./stage-environment.js";

type AwsStage = Extract<CanonicalStage, { kind: "aws" }>;

/** The aws stage: its folder with the files that were judged, its identity, its confinement. */
export const prepareAws = async (
  stage: AwsStage,
  index: number,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<PreparedProcess, Reason>> => {
  const { cli } = machine;
  if (!cli.ok) return err(cli.error);
  const cwd = await stageFolder(stage, index, run, machine);
  if (!cwd.ok) return cwd;
  const own = await awsStageEnvironment(stage, run, machine);
  if (!own.ok) return own;
  const reach = stage.run === "operation" ? await machine.egress.reach(run.id) : ok(NOWHERE);
  if (!reach.ok) return err(noEgress(reach.error));
  const env = { ...own.value, ...reach.value.environment };
  const launcher = await awsLauncher(stage, cli.value.path, { env, cwd: cwd.value, reach: reach.value }, run, machine);
  if (!launcher.ok) return launcher;
  const [name, ...args] = stage.argv;
  const place = { file: cli.value.path, env, cwd: cwd.value, launcher: launcher.value };
  return ok({ kind: "process", name, streams: stage.streams, args, ...place });
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

const awsStageEnvironment = async (
  stage: AwsStage,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<Environment, Reason>> => {
  const { directories, operator } = machine;
  if (stage.run !== "operation") return helpStageEnvironment(stage, run.id, machine);
  const identity = await machine.identities.resolve(stage.profile, run.milliseconds);
  if (!identity.ok)
    return err(
      credentialProblem(
        identity.error,
        stage.profile ?? operator.AWS_PROFILE ?? "default",
        stage.profile === undefined ? "operator" : "command",
      ),
    );
  const expected = run.keys?.get(stage.profile ?? "");
  if (expected !== undefined && expected !== identity.value.keys.AWS_ACCESS_KEY_ID) return err(otherKeys);
  return ok(awsEnvironment(run.id, directories, operator, { ...identity.value, region: stage.region }));
};

type Place = { readonly env: Environment; readonly cwd: string; readonly reach: Reach };

// Help has no keys and starts the formatter; `--version` asks nobody.
const awsLauncher = async (
  { run }: AwsStage,
  cli: string,
  { env, cwd, reach }: Place,
  { milliseconds }: PreparedRun,
  { directories, confinement }: Machine,
): Promise<Result<Launcher, Reason>> => {
  const { aws, awsStage, unconfined } = await confinement();
  const held = (launcher: Launcher) => ok({ ...launcher, enforces: [...launcher.enforces, ...reach.enforces] });
  if (aws === undefined) return held(unconfined.aws);
  const reads = [env.HOME, env.AWS_CONFIG_FILE, env.AWS_CA_BUNDLE].flatMap((path) => path ?? []);
  const writes = cwd === directories.empty ? [] : [cwd];
  const { helpPath } = directories;
  const profile =
    run === "help"
      ? helpProfile(cli, { programs: linkedFormatters(helpPath), reads: [...reads, helpPath], writes, cwd })
      : awsProfile(cli, { reads, writes, cwd, network: reach.network, milliseconds });
  if (!profile.ok) return profile;
  return held(awsStage(profile.value, reach.join));
};

const NOWHERE: Reach = { environment: {}, network: "none", join: [], enforces: [], held: "nothing" };

const helpStageEnvironment = (
  stage: AwsStage,
  run: string,
  { directories, operator }: Machine,
): Result<Environment, Reason> => {
  if (stage.run === "version") return ok(helpEnvironment(run, directories, operator, ""));
  const { missing, pager } = linkFormatters(directories.helpPath, operator);
  return missing.length > 0 ? err(noFormatter(missing)) : ok(helpEnvironment(run, directories, operator, pager));
};

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

const noEgress = (words: string): Reason => ({
  code: "no-egress",
  message: `there is no way to AWS: ${words}`,
  hint: "send it again; when it fails again, the operator looks at the log, or sets AWS_MCP_EGRESS=off",
});
