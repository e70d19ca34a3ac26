import type { CallOptions } from "../../engine.js";
import { withUnknownShown } from "../../plan/unknown.js";

type Argv = readonly string[];

/** Hears which commands of a call start. */
export type StartedCommands = {
  readonly hear: NonNullable<CallOptions["started"]>;
  /** Those that were heard of first. */
  readonly all: () => readonly Argv[];
  /** Those of them that are none of these. */
  readonly besides: (canonical: readonly Argv[]) => readonly Argv[];
};

/** Commands, and characters of them all, that are kept: xargs may run thousands. */
const MOST = 100;
const MOST_CHARACTERS = 262_144;

/** @param also hears the same */
export const startedCommands = (also: CallOptions["started"]): StartedCommands => {
  const all: Argv[] = [];
  let characters = 0;
  return {
    hear: (stages) => {
      also?.(stages);
      for (const { argv } of stages) {
        if (all.length >= MOST || characters >= MOST_CHARACTERS) return;
        characters += argv.reduce((sum, { length }) => sum + length, 0);
        all.push(argv.map(withUnknownShown));
      }
    },
    all: () => all,
    besides: (canonical) => {
      const known = new Set(canonical.map((argv) => JSON.stringify(argv)));
      return all.filter((argv) => !known.has(JSON.stringify(argv)));
    },
  };
};
