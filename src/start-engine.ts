import { tmpdir } from "node:os";
import { COMPILED, readCompiled } from "./catalogue/compiled.js";
import type { ArgumentRule } from "./catalogue/generate/effect-argument-schema.js";
import type { RefusedOption } from "./catalogue/generate/refused-options.js";
import { loadEffects } from "./catalogue/operation-effects.js";
import { openCatalogue } from "./catalogue/read-service-table.js";
import { createEngine, type Engine } from "./engine.js";
import type { Machine } from "./executor/machine.js";
import { makeMachine } from "./executor/make-machine.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { Settings } from "./settings.js";
import { loadCompiled } from "./utilities/load-compiled.js";

/** Time between TERM and KILL; short enough that a server told to stop is gone within two seconds. */
const GRACE_MILLISECONDS = 1000;

/** The rules that a server with these settings judges by. */
export const ruleBookOf = (settings: Settings, operator: NodeJS.ProcessEnv, workspace: string): RuleBook => ({
  mode: settings.AWS_MCP_SECURITY_MODE,
  cells: settings.AWS_MCP_EFFECTS ?? {},
  fetchesUrls: settings.AWS_MCP_ALLOW_V1 === "1",
  catalogue: openCatalogue(),
  effects: loadEffects(),
  // The hash says that these are what the build wrote after its checks.
  argumentRules: readCompiled(COMPILED, "argument-rules") as readonly ArgumentRule[],
  refusedOptions: readCompiled(COMPILED, "refused-options") as readonly RefusedOption[],
  utilities: loadCompiled(),
  workspace,
  endpoint: operator.AWS_ENDPOINT_URL || undefined,
  targets: new Set(settings.AWS_MCP_ALLOWED_TARGETS ?? []),
  profiles: [operator.AWS_PROFILE || "default", ...(settings.AWS_MCP_ALLOWED_PROFILES ?? [])],
});

/** An engine on this machine, the machine itself, and the rules. */
export const startEngine = (
  settings: Settings,
  operator: NodeJS.ProcessEnv,
): { readonly engine: Engine; readonly machine: Machine; readonly book: RuleBook } => {
  const cli = { path: settings.AWS_MCP_AWS_CLI, allowV1: settings.AWS_MCP_ALLOW_V1 === "1", operator };
  const machine = makeMachine({
    cli,
    workspace: settings.AWS_MCP_WORKDIR,
    temporary: tmpdir(),
    operator,
    now: Date.now,
  });
  const book = ruleBookOf(settings, operator, machine.workspace);
  const { AWS_MCP_MAX_OUTPUT: maxOutput, AWS_MCP_MAX_SPOOL: maxSpool, AWS_MCP_CONCURRENCY: concurrency } = settings;
  return {
    machine,
    book,
    engine: createEngine({ book, machine, maxOutput, maxSpool, concurrency, graceMilliseconds: GRACE_MILLISECONDS }),
  };
};
