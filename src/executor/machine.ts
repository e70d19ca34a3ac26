import type { Confinement } from "./confine/find-confinement.js";
import type { Egress } from "./egress.js";
import type { FifoPool } from "./fifo-pool.js";
import type { Identities } from "./identity.js";
import type { PrivateDirectories } from "./private-directories.js";

/** What runs are made with; one per server. */
export type Machine = {
  readonly pool: FifoPool;
  readonly directories: PrivateDirectories;
  /** Absolute path, symlinks resolved, of the only directory whose files a command may name. */
  readonly workspace: string;
  readonly identities: Identities;
  /** Settles once it is known what the kernel can be asked for here. */
  readonly confinement: () => Promise<Confinement>;
  readonly egress: Egress;
  /** The AWS CLI, or why there is none that may be used. */
  readonly cli: CliFound;
  /** The CLI's path, where there is one; for telling one installation from the next. */
  readonly path: string | undefined;
  /** Whether this server runs as root on an operator's machine. */
  readonly rootOutsideContainer: boolean;
  /** The operator's environment. */
  readonly operator: NodeJS.ProcessEnv;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A name that no other run has. */
  readonly nextRun: () => string;
  /** Ends what serves all runs and removes the directories. */
  readonly close: () => Promise<void>;
};

export type CliFound =
  | { readonly ok: true; readonly value: { readonly path: string } }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string; readonly hint: string } };
