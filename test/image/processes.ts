import type { Container } from "./container.js";

/** One process of a container; `state` as proc_pid_stat(5) has it: `Z` is a zombie. */
export type Process = { readonly pid: number; readonly name: string; readonly state: string };

/** All processes of a container but the one that looks. */
export const processesIn = ({ inside }: Container): Promise<readonly Process[]> =>
  inside(`
    import { readdirSync, readFileSync } from "node:fs";
    const found = readdirSync("/proc").filter((name) => /^\\d+$/.test(name) && Number(name) !== process.pid).flatMap((name) => {
      try {
        const [, comm, state] = /\\((.*)\\) (.)/s.exec(readFileSync("/proc/" + name + "/stat", "latin1"));
        return [{ pid: Number(name), name: comm, state }];
      } catch { return []; }
    });
    console.log(JSON.stringify(found));`);
