import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bench } from "../bench-machine.js";
import { isAlive, stagesOf } from "../leftovers.js";
import { makeCanaries } from "./canaries.js";
import { watchChanges } from "./changes.js";
import { openEar } from "./ear.js";

/** What attacks aim at, all of it watched. */
export type AttackWorld = {
  readonly token: string;
  /** Absolute path of the folder that stands for the root of the file system in what attacks name. */
  readonly root: string;
  readonly home: string;
  readonly workspace: string;
  /** A process of the server's user, with secrets in its environment; its name is its `argv[0]`. */
  readonly victim: number;
  readonly victimName: string;
  /** Where somebody listens: TCP and UDP, a Unix socket by its path and one by its abstract name. */
  readonly port: number;
  readonly sockets: readonly [path: string, abstract: string];
  /** How what a program wrote shows that it read what it must not; undefined: it does not. Some may see the workspace. */
  readonly leakIn: (text: string, sees: "workspace" | "nothing") => string | undefined;
  /** What became of the world since the last look, a line each. */
  readonly damage: () => readonly string[];
  /** Processes of the bench's runs that are still there, a line each. */
  readonly left: () => readonly string[];
  readonly remove: () => void;
};

export const makeAttackWorld = async (bench: Bench): Promise<AttackWorld> => {
  const { machine, home } = bench;
  const { directories, workspace } = machine;
  const [top, root] = [dirname(directories.root), join(dirname(directories.root), "watched")];
  const [outside, inside] = [makeCanaries(), makeCanaries()];
  const { token } = outside;
  for (const folder of ["tmp", "var/tmp", "dev/shm", "etc/cron.d", "workspace", "workspacex"])
    mkdirSync(join(root, folder), { recursive: true });
  for (const path of OF_ROOT) outside.put(join(root, path));
  for (const path of OF_HOME) outside.put(join(home, path));
  for (const path of OF_WORKSPACE) inside.put(join(workspace, path));
  for (const above of [directories.root, top, root, home]) for (const path of ABOVE) outside.put(join(above, path));
  for (const folder of [join(root, "etc"), home, top]) outside.put(join(folder, `name-${token}`));
  inside.put(join(workspace, `name-${inside.token}`));
  symlinkSync(join(root, "etc"), join(workspace, "link"));
  chmodSync(join(root, "tmp"), 0o777);
  const sockets = [join(root, "tmp", "socket"), `\0${token}`] as const;
  const ear = await openEar(sockets);
  const victimName = `victim-of-${process.pid}`;
  const victim = spawn("/bin/sleep", ["3600"], { argv0: victimName, env: secrets(token), stdio: "ignore" });
  const pid = victim.pid ?? 0;
  const own = new Map(Object.entries(secrets(token)).map(([name]) => [name, process.env[name]]));
  Object.assign(process.env, secrets(token));
  const changes = watchChanges([top, ...SYSTEM], [directories.fifos, directories.configuration]);
  let heard = 0;
  return {
    token,
    root,
    home,
    workspace,
    victim: pid,
    victimName,
    port: ear.port,
    sockets,
    leakIn: (text, sees) => outside.leakIn(text) ?? (sees === "workspace" ? undefined : inside.leakIn(text)),
    damage: () => {
      const before = heard;
      heard = ear.heard();
      return [
        ...changes(),
        ...(heard > before ? [`${heard - before} times somebody was called`] : []),
        ...(isAlive(pid) ? [] : ["a process that is none of its business was ended"]),
      ];
    },
    left: () => stagesOf(bench).map((stage) => `process ${stage} was left`),
    remove: () => {
      ear.close();
      victim.kill("SIGKILL");
      for (const [name, value] of own) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    },
  };
};

const secrets = (token: string) => ({ AWSPIPE_CANARY: token, AWS_SECRET_ACCESS_KEY: token, AWS_SESSION_TOKEN: token });

/** What is named by its place in the machine; nobody else may have touched it meanwhile. */
const SYSTEM = ["/etc/passwd", "/etc/shadow", "/etc/group", "/etc/cron.d"];

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
