import { statSync } from "node:fs";
import type { Engine } from "../engine.js";
import type { Machine } from "../executor/machine.js";
import type { Seals } from "../policy/approval/seals.js";
import type { RuleBook } from "../policy/rule-book.js";
import type { Settings } from "../settings.js";
import { version } from "../version.js";
import type { ServerParts } from "./create-server.js";
import { helpCache } from "./help-cache.js";
import { presentationOf } from "./redact/presentation-of.js";
import { createRegions } from "./regions/regions.js";
import { createResources } from "./resources/resources.js";
import { createRuns } from "./runs.js";

/** What a server is made of. */
export type Started = {
  readonly engine: Engine;
  readonly machine: Machine;
  readonly book: RuleBook;
  readonly seals: Seals;
};

/** What all connections of one server share. */
export const serverParts = (
  { engine, machine, book, seals }: Started,
  settings: Settings,
  operator: NodeJS.ProcessEnv,
): ServerParts => ({
  engine,
  seals,
  book,
  runs: createRuns(),
  helpCache: helpCache(() => cliStamp(machine)),
  regions: createRegions({ engine, book, now: Date.now }),
  resources: createResources({ engine, machine, book, settings, operator, now: Date.now }),
  presentation: presentationOf(settings.AWS_MCP_REDACT),
  redact: settings.AWS_MCP_REDACT,
  maxOutput: settings.AWS_MCP_MAX_OUTPUT,
  concurrency: settings.AWS_MCP_CONCURRENCY,
  timeoutSeconds: settings.AWS_MCP_TIMEOUT,
  version: version(),
});

const cliStamp = ({ path }: Machine): string =>
  path === undefined ? "none" : `${path} ${statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0}`;
