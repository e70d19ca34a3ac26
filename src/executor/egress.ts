import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EgressEvent } from "../egress/egress-event.js";
import type { EgressSettings } from "../egress/egress-settings.js";
import { proxyEnvironment } from "../egress/proxy-environment.js";
import { err, ok, type Result } from "../language/result.js";
import type { Confinement } from "./confine/find-confinement.js";
import type { Profile } from "./confine/profile.js";
import { egressProcess } from "./egress-process.js";
import type { FifoPool } from "./fifo-pool.js";
import { type NetworkNamespace, networkNamespace } from "./network-namespace.js";
import type { Environment } from "./stage-environment.js";

/** How an aws stage reaches the network. */
export type Reach = {
  /** Variables that lead its connections through the proxy. */
  readonly environment: Environment;
  readonly network: Profile["network"];
  /** Words that put it where there is no other network. */
  readonly join: readonly string[];
  readonly enforces: readonly string[];
  /** What keeps it to the proxy, for the operator. */
  readonly held: string;
};

/** What the aws stage may reach, one per server. */
export type Egress = {
  /** Says how the aws stage of a run gets out; starts the proxy with the first. Gives in words why there is no way. */
  readonly reach: (run: string) => Promise<Result<Reach, string>>;
  /** Connections of a run that did not come about. */
  readonly refused: (run: string) => readonly EgressEvent[];
  /** Ends what was started; without it this process does not end by itself. */
  readonly stop: () => Promise<void>;
};

/** No proxy: the machine's own network. */
export const openEgress: Egress = {
  reach: async () => ok({ environment: {}, network: "any", join: [], enforces: [], held: "nothing" }),
  refused: () => [],
  stop: async () => undefined,
};

export type EgressOptions = {
  readonly settings: EgressSettings;
  readonly pool: FifoPool;
  /** Absolute path of a directory of this process alone. */
  readonly directory: string;
  readonly launcher: () => Promise<readonly string[]>;
  readonly confinement: () => Promise<Confinement>;
  /** Absolute paths of bwrap(1) and nsenter(1), where they are installed. */
  readonly bwrap: string | undefined;
  readonly nsenter: string | undefined;
  readonly operator: NodeJS.ProcessEnv;
  /** Where bubblewrap holds the aws stage, it runs in a network of its own or not at all. */
  readonly required: boolean;
};

/**
 * Egress by the proxy: by configuration everywhere, by the kernel where bubblewrap holds the aws stage and a network of
 * its own can be made, in which only the way to the proxy is.
 */
export const proxiedEgress = (options: EgressOptions): Egress => {
  const { settings, pool, launcher, operator } = options;
  const socketPath = join(options.directory, "egress");
  const certificates = operator.NODE_EXTRA_CA_CERTS;
  const main = program("proxy-main.js");
  const proxy = egressProcess({ settings, pool, main, launcher, socketPath, certificates });
  const network = closedNetworks(options, socketPath);
  return {
    reach: async (run) => {
      const running = await proxy.running();
      if (!running.ok) return running;
      const { port, token } = running.value;
      const joined = await network.current();
      const enforces = ["egress-proxy"];
      if (!joined.ok) {
        if (joined.error.kind === "failed" && options.required) return err(joined.error.message);
        const held = `its environment (${joined.error.message})`;
        return ok({ environment: proxyEnvironment({ port, token, run }), network: "any", join: [], enforces, held });
      }
      const environment = proxyEnvironment({ port: BRIDGE_PORT, token, run });
      return ok({ environment, network: "proxy", join: joined.value.join, enforces, held: "the kernel" });
    },
    refused: proxy.eventsOf,
    stop: async () => {
      try {
        await network.end();
      } finally {
        await proxy.stop();
      }
    },
  };
};

/** Nobody else listens in that network. */
const BRIDGE_PORT = 8119;

const program = (name: string): string => fileURLToPath(new URL(`../../dist/egress/${name}`, import.meta.url));

/** Why there is no closed network: nothing here can make one, or making it did not work this time. */
type NoNetwork = { readonly kind: "impossible" | "failed"; readonly message: string };

type ClosedNetworks = {
  readonly current: () => Promise<Result<NetworkNamespace, NoNetwork>>;
  readonly end: () => Promise<void>;
};

// One that has ended is replaced, and what failed is tried again.
const closedNetworks = (options: EgressOptions, socketPath: string): ClosedNetworks => {
  let made: ReturnType<typeof closedNetwork> | undefined;
  const forget = (which: typeof made): void => {
    if (made === which) made = undefined;
  };
  return {
    current: async () => {
      const before = made;
      const known = await before;
      if (known?.ok && !known.value.isAlive()) {
        known.value.end();
        forget(before);
      }
      made ??= closedNetwork(options, socketPath);
      const now = made;
      const found = await now;
      if (!found.ok && found.error.kind === "failed") forget(now);
      return found;
    },
    end: async () => {
      const known = await made;
      if (known?.ok) known.value.end();
    },
  };
};

const closedNetwork = async (
  { pool, launcher, confinement, bwrap, nsenter }: EgressOptions,
  socketPath: string,
): Promise<Result<NetworkNamespace, NoNetwork>> => {
  if (bwrap === undefined || nsenter === undefined || (await confinement()).aws !== "bubblewrap")
    return err({ kind: "impossible", message: "only bubblewrap gives it a network of its own" });
  const bridge = { port: BRIDGE_PORT, socketPath };
  const options = { pool, launcher, bwrap, nsenter, main: program("bridge-main.js"), bridge };
  const made = await networkNamespace(options).catch((cause: unknown) => err(String(cause)));
  return made.ok ? made : err({ kind: "failed", message: made.error });
};
