import { statSync } from "node:fs";
import type { Machine } from "../executor/machine.js";
import type { Settings } from "../settings.js";
import type { Started } from "../start-engine.js";
import { version } from "../version.js";
import type { ServerParts } from "./create-server.js";
import { helpCache } from "./help-cache.js";
import { LOCAL } from "./principal-of.js";
import { type PreparedPrompt, preparePrompts } from "./prompts/register-prompts.js";
import { presentationOf } from "./redact/presentation-of.js";
import { createRegions } from "./regions/regions.js";
import { createResources } from "./resources/resources.js";
import { createRuns } from "./runs.js";

/** What a server has once, whoever its principals are. */
export type Shared = Pick<ServerParts, "runs" | "helpCache">;

/** What is one principal's. */
export type Own = Pick<ServerParts, "principal" | "ended" | "noteRefused" | "drawPage" | "unsharedWorkspace">;

/** The calls under way and the help pages of a whole server. */
export const sharedParts = (machine: Machine): Shared => ({
  runs: createRuns(),
  helpCache: helpCache(() => cliStamp(machine)),
});

/** What all connections of one principal share. */
export const serverParts = (
  { engine, machine, book, seals }: Omit<Started, "engineAt">,
  settings: Settings,
  operator: NodeJS.ProcessEnv,
  shared: Shared = sharedParts(machine),
  own: Own = { principal: LOCAL.name },
): ServerParts => {
  const regions = createRegions({ engine, book, now: Date.now });
  let prompts: readonly PreparedPrompt[] | undefined;
  return {
    ...shared,
    ...own,
    engine,
    seals,
    book,
    regions,
    prompts: () => {
      prompts ??= preparePrompts({ book, regions: regions.names, now: Date.now });
      return prompts;
    },
    resources: createResources({ engine, machine, book, settings, operator, now: Date.now }),
    presentation: presentationOf(settings.AWS_MCP_REDACT),
    redact: settings.AWS_MCP_REDACT,
    maxOutput: settings.AWS_MCP_MAX_OUTPUT,
    concurrency: settings.AWS_MCP_CONCURRENCY,
    maxFanOut: settings.AWS_MCP_MAX_FAN_OUT,
    timeoutSeconds: settings.AWS_MCP_TIMEOUT,
    version: version(),
  };
};

const cliStamp = ({ path }: Machine): string =>
  path === undefined ? "none" : `${path} ${statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0}`;
