import { openAuditLog } from "../audit/open-audit-log.js";
import { closeInheritedDescriptors } from "../executor/inherited-descriptors.js";
import type { Machine } from "../executor/machine.js";
import { log } from "../log.js";
import { policyHash } from "../policy/policy-hash.js";
import { regionWarnings } from "../server/region-warnings.js";
import { createRegions } from "../server/regions/regions.js";
import { type Shared, sharedParts } from "../server/server-parts.js";
import { createWatch, type Watch } from "../server/watch.js";
import { readSettings, type Settings } from "../settings.js";
import { type Started, startEngine } from "../start-engine.js";
import { version } from "../version.js";
import { UNDER_WAY } from "./calls-under-way.js";
import { idleSettings } from "./idle-settings.js";
import type { Served } from "./served.js";

/** Serves MCP until the client of stdio closes it or a signal comes; then ends every run and gives 0. */
export const serve = async (args: readonly string[]): Promise<number> => {
  if (args.length > 0)
    throw new Error(`\`serve\` takes no arguments; settings come from the environment (see \`awspipe --help\`)`);
  closeInheritedDescriptors();
  const settings = readSettings(process.env);
  warnAboutIdle(settings);
  const started = await startEngine(settings, process.env);
  const { machine, book } = started;
  process.once("exit", machine.directories.remove);
  const signal = signalled();
  const shared = sharedParts(machine);
  const audit = openAuditLog({ path: settings.AWS_MCP_AUDIT_LOG, now: machine.now, underWay: UNDER_WAY });
  // Also where the server does not come to listen.
  process.once("exit", audit.close);
  const watch = createWatch({ settings, audit, book, now: machine.now });
  const served = await serveOn(settings, started, shared, watch);
  warnAboutRoot(machine);
  const { names } = createRegions({ engine: started.engine, book, now: machine.now });
  for (const message of regionWarnings(book, names)) log({ event: "warning", message });
  log({
    event: "started",
    version: version(),
    mode: settings.AWS_MCP_SECURITY_MODE,
    policy: policyHash(book),
    workspace: machine.workspace,
  });
  void sayConfinement(machine, settings.AWS_MCP_SANDBOX);
  const why = await Promise.race([signal, served.ended]);
  // Whoever tells it twice does not want to wait.
  void signalled().then(() => served.stop());
  await served.stop();
  log({ event: "stopped", why });
  // A straggler's pipe, or a client that keeps its end open, must not keep the server.
  process.exit(0);
};

const warnAboutIdle = ({ AWS_MCP_TRANSPORT: transport }: Settings): void => {
  const idle = idleSettings(process.env, transport);
  if (idle.length === 0) return;
  log({ event: "warning", message: `without effect, since AWS_MCP_TRANSPORT is ${transport}: ${idle.join(", ")}` });
};

// What a transport needs is loaded with it.
const serveOn = async (settings: Settings, started: Started, shared: Shared, watch: Watch): Promise<Served> => {
  switch (settings.AWS_MCP_TRANSPORT) {
    case "stdio":
      return (await import("./serve-on-stdio.js")).serveOnStdio(settings, started, shared, watch);
    case "streamable-http":
    case "sse":
      return (await import("./serve-on-http.js")).serveOnHttp(settings, started, shared, watch);
  }
};

const signalled = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve(signal));
  });

// Found out while the first client still says hello.
const sayConfinement = async (machine: Machine, wanted: Settings["AWS_MCP_SANDBOX"]): Promise<void> => {
  const { filters, aws, refused } = await machine.confinement();
  const held = { filters: filters ?? "none", aws: aws ?? "none" };
  log({ event: "sandbox", wanted, ...held, ...(refused.length === 0 ? {} : { refused: [...refused] }) });
};

const warnAboutRoot = (machine: Machine): void => {
  if (!machine.rootOutsideContainer) return;
  log({
    event: "warning",
    message: "running as root outside a container; filters run as an unprivileged user where setpriv can do that",
  });
};
