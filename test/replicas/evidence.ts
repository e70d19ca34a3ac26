import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Entry } from "./nginx-process.js";
import type { Replica } from "./replica.js";

/** What nginx has logged, by the requests' traces. */
export const byTrace = (entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> => {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) found.set(entry.trace, [...(found.get(entry.trace) ?? []), entry]);
  return found;
};

/** Who has answered, or was the last that could have. */
export const replicaOf = (entry: Entry | undefined, replicas: readonly Replica[]): Replica | undefined => {
  const last = entry?.replicas.split(/, | : /).at(-1);
  return replicas.find(({ port }) => last === `127.0.0.1:${port}`);
};

/** Whether a request's replica died between its beginning and its end, of which nginx may hear some milliseconds late. */
export const wasInFlight = (entry: Entry | undefined, replicas: readonly Replica[]): boolean => {
  if (entry === undefined) return false;
  const { ended, seconds } = entry;
  const died = ({ from, to }: Replica["kills"][number]): boolean =>
    (ended - seconds) * 1000 <= to + LATE && from <= ended * 1000 + LATE;
  return replicaOf(entry, replicas)?.kills.some(died) === true;
};

/** Milliseconds. */
const LATE = 50;

/** In whose audit logs a request's number stands, as often as it does. */
export const loggedBy = (replicas: readonly Replica[]): ReadonlyMap<number, readonly Replica[]> => {
  const found = new Map<number, Replica[]>();
  for (const replica of replicas)
    for (const line of linesOf(replica.auditLogs)) {
      const number = Number(/call-(\d+)-/.exec(JSON.parse(line).asked ?? "")?.[1]);
      found.set(number, [...(found.get(number) ?? []), replica]);
    }
  return found;
};

const linesOf = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((line) => line !== "");

/** Command lines of processes that were started with a text in their environment. */
export const startedWith = (text: string): readonly string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
        return readFileSync(`/proc/${name}/environ`, "utf8").includes(text) ? [command] : [];
      } catch {
        return []; // ended, or another user's
      }
    });
