import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { Bench } from "../bench-machine.js";
import { isAlive, stagesOf } from "../leftovers.js";
import { watchChanges } from "./changes.js";
import { openEar } from "./ear.js";
import { placeCanaries } from "./place-canaries.js";

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
  const top = dirname(directories.root);
  const root = join(top, "watched");
  const { outside, inside } = placeCanaries(bench, root);
  const { token } = outside;
  const sockets = [join(root, "tmp", "socket"), `\0${token}`] as const;
  const ear = await openEar(sockets);
  const victimName = `victim-of-${process.pid}`;
  const victim = spawn("/bin/sleep", ["3600"], { argv0: victimName, env: secrets(token), stdio: "ignore" });
  const pid = victim.pid ?? 0;
  const restore = setVariables(secrets(token));
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
      restore();
    },
  };
};

const secrets = (token: string) => ({ AWSPIPE_CANARY: token, AWS_SECRET_ACCESS_KEY: token, AWS_SESSION_TOKEN: token });

/** Sets variables of this process; gives what sets them back. */
const setVariables = (variables: Readonly<Record<string, string>>): (() => void) => {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};

/** What is named by its place in the machine; nobody else may have touched it meanwhile. */
const SYSTEM = ["/etc/passwd", "/etc/shadow", "/etc/group", "/etc/cron.d"];
