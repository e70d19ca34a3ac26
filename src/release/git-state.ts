import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** What git says of a folder. */
export type GitState =
  /** It is no checkout: an unpacked archive, or what a container is built from. */
  | { readonly kind: "none" }
  /** It is one that git does not read: no git, another owner, no commit yet. */
  | { readonly kind: "unreadable" }
  /** `revision` is the whole hash of HEAD, `tags` are those on it; `changed` when the tree is not what HEAD has. */
  | { readonly kind: "commit"; readonly revision: string; readonly tags: readonly string[]; readonly changed: boolean };

/** Asks git about the checkout whose top is `root` (an absolute path). A repository around it says nothing of it. */
export const gitState = (root: string): GitState => {
  if (!existsSync(join(root, ".git"))) return { kind: "none" };
  try {
    return {
      kind: "commit",
      revision: git(root, "rev-parse", "--verify", "HEAD").trim(),
      tags: git(root, "tag", "--points-at", "HEAD").split("\n").filter(Boolean),
      changed: git(root, "status", "--porcelain") !== "",
    };
  } catch {
    return { kind: "unreadable" }; // whatever the reason: nobody then knows which commit this is
  }
};

const git = (root: string, ...args: readonly string[]): string =>
  execFileSync("git", ["--no-optional-locks", ...args], {
    cwd: root,
    env: environment(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

// In a hook, git tells its children of the repository that it is at work in.
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
