import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The server's own directories, mode 0700, gone when it ends. All paths are absolute. */
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
  /** The workspace, when the operator names none. */
  readonly workspace: string;
  readonly remove: () => void;
};

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
  return {
    root,
    fifos: make("fifos"),
    empty: make("empty", 0o500),
    path: make("path", 0o500),
    helpPath: make("help-path"),
    home: make("home"),
    credentialHome: make("credential-home"),
    configuration: make("configuration"),
    workspace: make("workspace"),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};
