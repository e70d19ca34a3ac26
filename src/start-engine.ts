import { tmpdir } from "node:os";
import { COMPILED, compiledDigest, readCompiled } from "./catalogue/compiled.js";
import type { ArgumentRule } from "./catalogue/generate/effect-argument-schema.js";
import type { RefusedOption } from "./catalogue/generate/refused-options.js";
import { loadEffects } from "./catalogue/operation-effects.js";
import { openCatalogue } from "./catalogue/read-service-table.js";
import { createEngine, type Engine } from "./engine.js";
import { profileRegions } from "./executor/identity.js";
import type { Machine } from "./executor/machine.js";
import { makeMachine } from "./executor/make-machine.js";
import type { Seals } from "./policy/approval/seals.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { Settings } from "./settings.js";
import { type StartedSeals, startSeals } from "./start-seals.js";
import { loadCompiled } from "./utilities/load-compiled.js";
import { version } from "./version.js";

/** Time between TERM and KILL; short enough that a server told to stop is gone within two seconds. */
const GRACE_MILLISECONDS = 1000;

/** The rules that a server with these settings judges by, but for the operator's policy file and the profiles' regions. */
export const ruleBookOf = (settings: Settings, operator: NodeJS.ProcessEnv, workspace: string): RuleBook => ({
  mode: settings.AWS_MCP_SECURITY_MODE,
  cells: settings.AWS_MCP_EFFECTS ?? {},
  approval: settings.AWS_MCP_APPROVAL,
  limits: {
    ...(settings.AWS_MCP_ALLOWED_ACCOUNTS === undefined ? {} : { accounts: settings.AWS_MCP_ALLOWED_ACCOUNTS }),
    ...(settings.AWS_MCP_ALLOWED_REGIONS === undefined ? {} : { regions: settings.AWS_MCP_ALLOWED_REGIONS }),
  },
  policy: undefined,
  fetchesUrls: settings.AWS_MCP_ALLOW_V1 === "1",
  catalogue: openCatalogue(),
  effects: loadEffects(),
  // The hash says that these are what the build wrote after its checks.
  argumentRules: readCompiled(COMPILED, "argument-rules") as readonly ArgumentRule[],
  refusedOptions: readCompiled(COMPILED, "refused-options") as readonly RefusedOption[],
  utilities: loadCompiled(),
  workspace,
  outfiles: true,
  endpoint: operator.AWS_ENDPOINT_URL || undefined,
  targets: new Set(settings.AWS_MCP_ALLOWED_TARGETS ?? []),
  profiles: [
    operator.AWS_PROFILE || operator.AWS_DEFAULT_PROFILE || "default",
    ...(settings.AWS_MCP_ALLOWED_PROFILES ?? []),
  ],
  regions: new Map(),
  accounts: new Map(),
  data: `${version()} ${compiledDigest()}`,
});

/**
 * The whole rules of a server with these settings. Throws when the policy file cannot be read, is wrong, or has a rule
 * whose own example fails.
 */
export const loadRuleBook = async (
  settings: Settings,
  operator: NodeJS.ProcessEnv,
  workspace: string,
): Promise<RuleBook> => {
  const book = ruleBookOf(settings, operator, workspace);
  const regions = await profileRegions(book.profiles, operator);
  const whole = { ...book, regions };
  if (settings.AWS_MCP_SECURITY_CONFIG === undefined) return whole;
  // YAML and the engine of regular expressions are not loaded where there is no policy.
  const { withPolicyFile } = await import("./policy-file.js");
  return withPolicyFile(whole, settings.AWS_MCP_SECURITY_CONFIG);
};

/** What a server is made of. */
export type Started = {
  readonly engine: Engine;
  /** One more engine on the same machine, by the same rules, with a workspace of its own (an absolute path). */
  readonly engineAt: (workspace: string) => Engine;
  readonly machine: Machine;
  readonly book: RuleBook;
  readonly seals: Seals;
  /** Where spent approvals are written down, where that is not in this process. */
  readonly state?: StartedSeals["state"];
};

/** An engine on this machine, the machine itself, and the rules. */
export const startEngine = async (settings: Settings, operator: NodeJS.ProcessEnv): Promise<Started> => {
  const cli = { path: settings.AWS_MCP_AWS_CLI, allowV1: settings.AWS_MCP_ALLOW_V1 === "1", operator };
  const machine = makeMachine({
    cli,
    workspace: settings.AWS_MCP_WORKDIR,
    files: [
      { what: "the policy", path: settings.AWS_MCP_SECURITY_CONFIG },
      { what: "the file of tokens", path: settings.AWS_MCP_TOKEN_FILE },
      { what: "the audit log", path: settings.AWS_MCP_AUDIT_LOG },
      { what: "the key that seals approvals", path: settings.AWS_MCP_STATE_KEY_FILE },
    ],
    egress: settings.AWS_MCP_EGRESS,
    sandbox: settings.AWS_MCP_SANDBOX,
    temporary: tmpdir(),
    operator,
    now: Date.now,
  });
  try {
    if (settings.AWS_MCP_SANDBOX === "required") await mustConfine(machine);
    const book = await loadRuleBook(settings, operator, machine.workspace);
    const { AWS_MCP_MAX_OUTPUT: maxOutput, AWS_MCP_MAX_SPOOL: maxSpool, AWS_MCP_CONCURRENCY: concurrency } = settings;
    const limits = { maxOutput, maxSpool, concurrency, graceMilliseconds: GRACE_MILLISECONDS };
    const { seals, ...state } = await startSeals(settings, Date.now);
    const engineAt = (workspace: string): Engine =>
      createEngine({ book: { ...book, workspace }, machine: { ...machine, workspace }, seals, ...limits });
    return { machine, book, seals, ...state, engineAt, engine: createEngine({ book, machine, seals, ...limits }) };
  } catch (cause) {
    machine.directories.remove();
    throw cause;
  }
};

const mustConfine = async (machine: Machine): Promise<void> => {
  const { filters, aws, refused } = await machine.confinement();
  if (filters === undefined || aws === undefined)
    throw new Error(`AWS_MCP_SANDBOX=required, and nothing here can confine stages: ${refused.join("; ")}`);
};
