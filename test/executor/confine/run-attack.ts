import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FilterNeeds } from "../../../src/executor/confine/filter-profile.js";
import type { Profile } from "../../../src/executor/confine/profile.js";
import type { Bench } from "../bench-machine.js";
import { aim } from "./aim.js";
import type { AttackLine } from "./attack-lines.js";
import type { AttackWorld } from "./attack-world.js";
import { BACKEND, confined } from "./confined.js";
import { descendants } from "./descendants.js";

/** What became of one attack. */
export type Attacked = {
  readonly line: AttackLine;
  /** Why its program was not started. */
  readonly refused?: string | undefined;
  /** What it did that nobody may do. */
  readonly problems: readonly string[];
};

export type AttackLimits = {
  /** Ends it by KILL after this long. */
  readonly milliseconds: number;
  /** Opens the wall, to see what is seen through it. */
  readonly change?: Partial<Profile>;
};

/** Processes that bwrap keeps beside itself: the first of the namespace, and the program. */
const MOST_PROCESSES = BACKEND === "bubblewrap" ? 2 : 0;

/** How often is looked for processes. */
const INTERVAL = 60;

/** Runs the words of an attack as they are, as the server's own user, in a folder that belongs to it. */
export const runAttack = async (
  bench: Bench,
  world: AttackWorld,
  line: AttackLine,
  { milliseconds, change = {} }: AttackLimits,
): Promise<Attacked> => {
  const { system, ...granted } = grantedTo(bench, line);
  let processes = 0;
  let watch: NodeJS.Timeout | undefined;
  try {
    const { exit, stdout, stderr } = await confined(bench, {
      program: line.program ?? "",
      args: aim(line, world),
      stdin: inputOf(world),
      needs: { cwd: world.workspace, ...granted },
      env: { TMPDIR: granted.writes[0] ?? join(world.root, "tmp") },
      own: true,
      change: { system, ...change },
      milliseconds,
      meanwhile: ({ pid }) => {
        watch = setInterval(() => {
          processes = Math.max(processes, pid === undefined ? 0 : descendants(pid).length);
        }, INTERVAL);
      },
    });
    const refused = exit.kind === "not-started" ? exit.reason : /^(?:setpriv|bwrap|prlimit): .*/m.exec(stderr)?.[0];
    const leak = world.leakIn(`${stdout}\n${stderr}`, granted.operands.length > 0 ? "workspace" : "nothing");
    return {
      line,
      refused,
      problems: [
        ...(leak === undefined ? [] : [`its output shows ${leak}`]),
        ...(processes > MOST_PROCESSES ? [`it had ${processes} processes`] : []),
      ],
    };
  } catch (cause) {
    // No profile could be made of it, so nothing ran.
    return { line, refused: String(cause), problems: [] };
  } finally {
    clearInterval(watch);
  }
};

type Granted = Pick<FilterNeeds, "reads" | "operands" | "writes"> & { readonly system: boolean };

// What its grammar lets a utility have, which here any words may use: the files that it always reads, a folder for what does
// not fit into memory; the workspace, where it looks into folders. Other programs get what is installed, and devices, lest
// they fail for lack of their own modules.
const grantedTo = ({ book, machine }: Bench, { words: [name] }: AttackLine): Granted => {
  const grammar = book.utilities.utilities.get(name)?.grammar;
  if (grammar === undefined) return { reads: MODULES, operands: [], writes: [], system: true };
  const looks = grammar.operands.some(({ value }) => value.kind === "workspace-folder");
  return {
    reads: grammar.reads,
    operands: looks ? [machine.workspace] : [],
    writes: grammar.scratch ? [scratchOf(machine.directories.configuration)] : [],
    system: false,
  };
};

const MODULES = ["/usr/lib", "/usr/local/lib", "/lib", "/lib64", "/usr/libexec", "/usr/share"];

const scratchOf = (folder: string): string => {
  const path = join(folder, "attack-scratch");
  mkdirSync(path, { recursive: true });
  return path;
};

// Something for programs that read names, lists with NUL, checksums, and for those that take their input for a program.
const inputOf = ({ root, home }: AttackWorld): string =>
  [
    "/etc/passwd",
    `d41d8cd98f00b204e9800998ecf8427e  ${home}/.aws/credentials`,
    'while read -r line; do echo "$line"; done </etc/passwd',
    `echo x >${root}/tmp/by-stdin`,
    `: >>${home}/.bashrc`,
    "id",
    "exec /usr/bin/id",
    `\0/etc/passwd\0${home}/.aws/credentials\0`,
    "",
  ].join("\n");
