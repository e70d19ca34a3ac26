import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { closeInheritedDescriptors } from "../executor/inherited-descriptors.js";
import type { Machine } from "../executor/machine.js";
import { log } from "../log.js";
import { policyHash } from "../policy/policy-hash.js";
import { createServer } from "../server/create-server.js";
import { regionWarnings } from "../server/region-warnings.js";
import { serverParts } from "../server/server-parts.js";
import { readSettings, type Settings } from "../settings.js";
import { startEngine } from "../start-engine.js";

/** Serves MCP on stdio until the client closes it or a signal comes; then ends every run and gives 0. */
export const serve = async (args: readonly string[]): Promise<number> => {
  if (args.length > 0)
    throw new Error(`\`serve\` takes no arguments; settings come from the environment (see \`awspipe --help\`)`);
  closeInheritedDescriptors();
  const settings = readSettings(process.env);
  const started = await startEngine(settings, process.env);
  const { machine, book } = started;
  const parts = serverParts(started, settings, process.env);
  process.once("exit", machine.directories.remove);
  const handle = serveStdio(() => createServer(parts), {
    onerror: (error) =>
      log({ event: "protocol-error", message: (error.message.split("\n", 1)[0] ?? "").slice(0, 200) }),
  });
  warnAboutRoot(machine);
  for (const message of regionWarnings(book, parts.regions.names)) log({ event: "warning", message });
  log({
    event: "started",
    version: parts.version,
    mode: settings.AWS_MCP_SECURITY_MODE,
    policy: policyHash(book),
    workspace: machine.workspace,
  });
  void sayConfinement(machine, settings.AWS_MCP_SANDBOX);
  const why = await stopAsked();
  await parts.runs.stop();
  await handle.close();
  log({ event: "stopped", why });
  // A straggler's pipe, or a client that keeps its end open, must not keep the server.
  process.exit(0);
};

const stopAsked = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve(signal));
    process.stdin.once("end", () => resolve("stdin ended"));
    process.stdin.once("close", () => resolve("stdin closed"));
    process.stdout.once("error", () => resolve("stdout broken"));
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
