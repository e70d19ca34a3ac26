import { tmpdir } from "node:os";
import { loadCatalogue } from "./catalogue/load-catalogue.js";
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
  catalogue: loadCatalogue(),
  utilities: loadCompiled(),
  workspace,
  endpoint: operator.AWS_ENDPOINT_URL || undefined,
  profiles: [operator.AWS_PROFILE || "default", ...(settings.AWS_MCP_ALLOWED_PROFILES ?? [])],
});

/** An engine on this machine, and the machine itself. */
export const startEngine = (
  settings: Settings,
  operator: NodeJS.ProcessEnv,
): { readonly engine: Engine; readonly machine: Machine } => {
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
    engine: createEngine({ book, machine, maxOutput, maxSpool, concurrency, graceMilliseconds: GRACE_MILLISECONDS }),
  };
};
