import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

export type Process = { readonly pid: number; readonly parent: number; readonly exe: string; readonly command: string };

/** The process table; processes that end while it is read are left out. */
export const processes = (): readonly Process[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\0", " ").trim();
        return [{ pid: Number(name), parent, exe: basename(readlinkSync(`/proc/${name}/exe`)), command }];
      } catch {
        return [];
      }
    });

/** Every process below one. */
export const below = (pid: number): readonly Process[] => {
  const all = processes();
  const found: Process[] = [];
  const parents = new Set([pid]);
  for (let more = true; more; ) {
    const next = all.filter((each) => parents.has(each.parent) && !parents.has(each.pid));
    more = next.length > 0;
    for (const each of next) parents.add(each.pid);
    found.push(...next);
  }
  return found;
};

/** The processes whose command line has a text in it, such as the path of a program that is the test's own. */
export const withCommand = (text: string): readonly Process[] =>
  processes().filter(({ command, pid }) => pid !== process.pid && command.includes(text));
