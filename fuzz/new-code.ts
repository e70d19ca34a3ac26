import { Session } from "node:inspector";
import { pathToFileURL } from "node:url";

/** Tells whether code of a folder ran that had not run before, by V8's own block coverage. */
export type NewCode = {
  /** Whether there was any since the last question; `learn` makes it known. */
  reached(learn: boolean): boolean;
  stop(): void;
};

export const newCode = (folder: string): NewCode => {
  const session = new Session();
  const known = new Map<string, Uint8Array>();
  const prefix = pathToFileURL(`${folder}/`).href;
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: false, detailed: true });
  return {
    reached: (learn) => {
      let fresh = false;
      // A session in this process answers before `post` returns.
      session.post("Profiler.takePreciseCoverage", (_, taken) => {
        for (const { url, functions } of taken?.result ?? [])
          if (url.startsWith(prefix))
            for (const { functionName, ranges } of functions)
              fresh = addRun(known, `${url} ${functionName} ${ranges[0]?.startOffset}`, ranges, learn) || fresh;
      });
      return fresh;
    },
    stop: () => session.disconnect(),
  };
};

type Range = { readonly startOffset: number; readonly endOffset: number; readonly count: number };

/** Ranges are nested, the function first, so that a later one speaks for its characters. */
const addRun = (known: Map<string, Uint8Array>, name: string, ranges: readonly Range[], learn: boolean): boolean => {
  const whole = ranges[0];
  if (whole === undefined) return false;
  const ran = new Uint8Array(whole.endOffset - whole.startOffset);
  for (const { startOffset, endOffset, count } of ranges)
    ran.fill(count > 0 ? 1 : 0, startOffset - whole.startOffset, endOffset - whole.startOffset);
  const before = known.get(name) ?? new Uint8Array(ran.length);
  const fresh = ran.some((run, index) => run > (before[index] ?? 0));
  if (fresh && learn) {
    const both = ran.map((run, index) => run | (before[index] ?? 0));
    known.set(name, both);
  }
  return fresh;
};
