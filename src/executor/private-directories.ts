import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * The server's own directories, mode 0700, gone when it ends. All paths are absolute. Under root their parent can be
 * walked through, not listed, since filters run as another user and may have a folder of their own in it.
 */
export type PrivateDirectories = {
  readonly root: string;
  /** Where FIFOs are made. */
  readonly fifos: string;
  /** HOME and working directory of filters: nothing is in it. */
  readonly empty: string;
  /** PATH of the aws stage: nothing is in it. The CLI runs `lsb_release`, a shell script, when it finds one. */
  readonly path: string;
  /** PATH of help runs: links to the formatter. */
  readonly helpPath: string;
  /** HOME of the aws stage; the CLI may cache in it. */
  readonly home: string;
  /** HOME in which the engine itself resolves credentials. */
  readonly credentialHome: string;
  /** Configuration files that the engine writes. */
  readonly configuration: string;
  /** Where a filter that needs one gets a folder for what does not fit into memory. */
  readonly scratch: string;
  /** Where each aws stage with files gets a folder of its own. */
  readonly runs: string;
  /** What confinement reads before it takes hold; nothing secret, so that any user may read it. */
  readonly sandbox: string;
  /** The workspace, when the operator names none. */
  readonly workspace: string;
  readonly remove: () => void;
};

/** The user and group of filters, where the server is root: `nobody` and `nogroup`, by number. */
export const NOBODY = 65_534;

/**
 * Makes the directories below `temporary` (an absolute path, usually the system's temporary directory).
 */
export const makePrivateDirectories = (temporary: string): PrivateDirectories => {
  // The real path, since a file operand's real path must be the one that was judged.
  const root = mkdtempSync(join(realpathSync(temporary), "awspipe-"));
  const make = (name: string, mode = 0o700): string => {
    const path = join(root, name);
    mkdirSync(path, { mode });
    return path;
  };
  const directories = {
    root,
    fifos: make("fifos"),
    empty: make("empty", 0o500),
    path: make("path", 0o500),
    helpPath: make("help-path"),
    home: make("home"),
    credentialHome: make("credential-home"),
    configuration: make("configuration"),
    scratch: make("scratch"),
    runs: make("runs"),
    sandbox: make("sandbox", 0o755),
    workspace: make("workspace"),
    // A run of mkfifo may still be making FIFOs.
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
  // Whatever the umask is.
  chmodSync(directories.sandbox, 0o755);
  // What filters need of these is that they can walk through them.
  if (process.getuid?.() === 0) for (const path of [directories.root, directories.scratch]) chmodSync(path, 0o711);
  return directories;
};
