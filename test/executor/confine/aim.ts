import type { AttackLine } from "./attack-lines.js";
import type { AttackWorld } from "./attack-world.js";

type Place = Pick<AttackWorld, "root" | "home" | "victim" | "victimName" | "port">;

/**
 * The arguments of an attack with its targets moved into the world that is watched: paths below folders that are
 * everybody's, home directories, the process that it looks at or ends, hosts and ports. What is read at a place of its own
 * (`/etc/passwd`, `/dev`, `/proc/self`) stays.
 */
export const aim = ({ class: kind, words: [name, ...args] }: AttackLine, place: Place): readonly string[] => {
  const aimed = args.map((word) => atVictim(atHosts(atHome(atRoot(word, kind, place), place), place), place));
  const moved = kind === NETWORK ? aimed.map((word) => word.replace(PORTS, String(place.port))) : aimed;
  return ENDS_PROCESSES.has(name) ? moved.map((word) => toVictim(word, place)) : moved;
};

const NETWORK = "the network";
const WRITES = "writing files";
const PORTS = /\b(?:80|443|4444|8080)\b/g;
const ENDS_PROCESSES = new Set(["kill", "pkill", "killall", "renice", "prlimit", "taskset"]);

// The folder is the root itself, too: a program that deletes all that it is told to finds something.
const atRoot = (word: string, kind: string, { root }: Place): string => {
  if (word === "/") return `${root}/`;
  const moved = kind === WRITES ? MOVED : STAYS_AND_MOVED;
  return word.replace(moved, (path) => `${root}${path}`);
};

const MOVED = /(?<![./~]|\/proc\/\w+)\/(?:tmp|etc|var|root|home|workspacex?|dev\/shm)(?![\w-])/g;
const STAYS_AND_MOVED =
  /(?<![./~]|\/proc\/\w+)\/(?:tmp|etc(?!\/(?:passwd|shadow)\b)|var|root|home|workspacex?|dev\/shm)(?![\w-])/g;

const atHome = (word: string, { home, root }: Place): string =>
  word
    .replace(/(?<=^|=)~(?:root|\+)?(?=\/|$)/, home)
    .replaceAll(`${root}/root`, home)
    .replaceAll(`${root}/home/user`, home);

const atHosts = (word: string, { port }: Place): string =>
  word
    .replace(/(https?:\/\/)[\w.]+(?::\d+)?/g, `$1127.0.0.1:${port}`)
    .replace(/(?:[\w-]+\.)*evil\.example:\d+/g, `127.0.0.1:${port}`)
    .replace(/(?:[\w-]+\.)*evil\.example/g, "127.0.0.1");

const atVictim = (word: string, { victim }: Place): string => word.replace(/\/proc\/1(?=\/)/g, `/proc/${victim}`);

const toVictim = (word: string, { victim, victimName }: Place): string => {
  if (word === "1") return String(victim);
  return /^[a-z]/.test(word) ? victimName : word;
};
