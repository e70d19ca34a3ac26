import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bench } from "../bench-machine.js";
import { type Canaries, makeCanaries } from "./canaries.js";

/**
 * Puts a canary wherever an attack may aim at, in the workspace those of its own kind.
 *
 * @param root absolute path of the folder that stands for the root of the file system
 */
export const placeCanaries = ({ machine, home }: Bench, root: string): Record<"outside" | "inside", Canaries> => {
  const { directories, workspace } = machine;
  const top = dirname(directories.root);
  const [outside, inside] = [makeCanaries(), makeCanaries()];
  for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  for (const path of OF_ROOT) outside.put(join(root, path));
  for (const path of OF_HOME) outside.put(join(home, path));
  for (const path of OF_WORKSPACE) inside.put(join(workspace, path));
  for (const above of [directories.root, top, root, home]) for (const path of ABOVE) outside.put(join(above, path));
  // Names tell, too.
  for (const folder of [join(root, "etc"), home, top]) outside.put(join(folder, `name-${outside.token}`));
  inside.put(join(workspace, `name-${inside.token}`));
  symlinkSync(join(root, "etc"), join(workspace, "link"));
  chmodSync(join(root, "tmp"), 0o777);
  return { outside, inside };
};

const FOLDERS = ["tmp", "var/tmp", "dev/shm", "etc/cron.d", "workspace", "workspacex"];

const OF_ROOT = [
  "etc/passwd",
  "etc/shadow",
  "etc/group",
  "etc/hosts",
  "etc/docker/config.json",
  "etc/ssl/key.pem",
  "var/log/syslog",
  "var/log/auth.log",
  "tmp/x",
  "tmp/x.sh",
  "tmp/d.json",
  "tmp/m.jq",
  "tmp/a.jq",
];

const OF_HOME = [
  ".aws/credentials",
  ".aws/config",
  ".aws/cli/alias",
  ".ssh/id_rsa",
  ".netrc",
  ".bash_history",
  ".bashrc",
  ".jq",
  "x",
  "secret.txt",
];

// The names that relative operands have; what is only written to is not there before.
const OF_WORKSPACE = [
  ...["notes.txt", "a.txt", "b.txt", "in.txt", "list.txt", "patterns.txt", "words.txt", "times.txt", "sums.txt"],
  ...["notes.bin", "notes.hex", "notes.x", "notes.gz", "x.gz", "f.gz", "in.b64", "x.json", "x.yaml", "f.yaml"],
  ...["a.json", "b.json", "d.json", "filter.jq", "m.jq", "a.jq", "x.jq", "list", "big", "in", "out.bin", "x.patch"],
  ...["a", "b", "d", "f", "g", "t", "x", "y", "dir/x", "dir/x.gz", "reports/a.json", "reports/.git/config"],
  ...["reports/.hidden", ".env", ".netrc", ".npmrc", ".b.json", ".bashrc", ".bash_history", ".mlrrc"],
  ...[".aws/credentials", ".aws/config", ".git/config", ".ssh/id_rsa", "Makefile", "m.awk", "x.so", "x.sh"],
];

/** What lies above the folder that a program runs in. */
const ABOVE = ["x", "x.gz", "x.json", "secret.txt", "notes.txt", "notes.bin", "a", "b", "b.txt", "out.txt"];
