import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { median, timed } from "./median.js";
import type { Row } from "./row.js";

const rounds = 300;
const program = "/usr/bin/true";

/** Milliseconds that confining one stage may cost, by what confines it. */
const targets: Readonly<Record<string, number>> = { setpriv: 2.5, bubblewrap: 6 };

/** What it costs to start a program in its confinement rather than as it is, in turns. */
export async function confinement(server: string): Promise<readonly Row[]> {
  const { name, words, seccomp, remove } = await launcher(dirname(server));
  try {
    const [plain, confined] = [[], []] as [number[], number[]];
    for (let round = 0; round < rounds; round += 1) {
      plain.push(await timed(() => run([program], undefined)));
      confined.push(await timed(() => run([...words, program], seccomp)));
    }
    const [ours, bare] = [median(confined), median(plain)];
    const most = targets[name] ?? 0;
    return [
      {
        what: `starting and ending \`true\` as a filter, held by ${name}, against \`true\` as it is, median of ${rounds}`,
        ours: `${ours.toFixed(1)} ms`,
        bash: `${bare.toFixed(1)} ms`,
        compared: `+${(ours - bare).toFixed(1)} ms`,
        target: `at most +${most} ms`,
        met: ours - bare <= most,
      },
    ];
  } finally {
    await remove();
  }
}

async function launcher(dist: string) {
  const load = (name: string) => import(pathToFileURL(join(dist, name)).href);
  const [{ startEngine }, { readSettings }, { filterProfile }] = await Promise.all(
    ["start-engine.js", "settings.js", "executor/confine/filter-profile.js"].map(load),
  );
  const { machine } = await startEngine(readSettings({}), { HOME: "/nonexistent", PATH: "/usr/bin:/bin" });
  const { filters, filter } = await machine.confinement();
  const cwd = machine.directories.empty;
  const profile = filterProfile(program, { reads: [], operands: [], writes: [], cwd, milliseconds: 300_000 });
  const { words, holds } = filter(profile.value, false);
  return {
    name: String(filters ?? "nothing"),
    words: words as readonly string[],
    seccomp: holds?.seccomp as string | undefined,
    remove: (): Promise<void> => machine.close(),
  };
}

// bwrap reads its seccomp program on 3 and tells its status on 4.
async function run([file = "", ...args]: readonly string[], seccomp: string | undefined): Promise<void> {
  const opened = seccomp === undefined ? [] : [openSync(seccomp, "r"), openSync("/dev/null", "w")];
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "inherit", ...opened], env: { LC_ALL: "C.UTF-8" } });
  for (const descriptor of opened) closeSync(descriptor);
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
}
