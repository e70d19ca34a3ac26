import type { Launcher } from "../launcher.js";
import { bubblewrapWords } from "./bubblewrap-words.js";
import type { Profile } from "./profile.js";
import { limitWords } from "./resource-limits.js";
import type { SeccompFiles } from "./seccomp-files.js";
import { setprivWords } from "./setpriv-words.js";

/** Ways to have the kernel confine a program, by the tool that asks it to. */
export const BACKENDS = ["setpriv", "bubblewrap"] as const;
export type BackendName = (typeof BACKENDS)[number];

/** Absolute paths of the tools; what is not installed is undefined. */
export type Tools = {
  readonly setpriv: string | undefined;
  readonly bwrap: string | undefined;
  readonly prlimit: string | undefined;
};

/**
 * Puts the words before a program that confine it to its profile; `base` drops privileges before, `join` puts it into a
 * network that is there already.
 */
export type Confine = (profile: Profile, base: Launcher, join?: readonly string[]) => Launcher;

/** The way of a backend, or undefined where its tool is missing. Whether the kernel plays along is to be tried. */
export const backend = (name: BackendName, tools: Tools, seccomp: SeccompFiles): Confine | undefined => {
  const { bwrap, prlimit } = tools;
  if (prlimit === undefined) return undefined;
  switch (name) {
    case "setpriv":
      return (profile, base) => landlocked(profile, base, prlimit, seccomp);
    case "bubblewrap":
      return bwrap === undefined
        ? undefined
        : (profile, base, join = []) => held(profile, base, [prlimit, bwrap], seccomp, join);
  }
};

// The seccomp program comes last of all: what it forbids, the words before it may need.
const landlocked = (profile: Profile, base: Launcher, prlimit: string, seccomp: SeccompFiles): Launcher => {
  const [setpriv, ...words] = base.words.slice(0, -1);
  if (setpriv === undefined) return { words: [], enforces: [] };
  return {
    words: [
      ...limitWords(prlimit, profile.limits),
      ...setprivWords([setpriv, ...words], profile, seccomp(profile, "shared")),
    ],
    enforces: [...base.enforces, "setpriv-landlock", ...closed(profile)],
  };
};

const held = (
  profile: Profile,
  base: Launcher,
  [prlimit, bwrap]: readonly [string, string],
  seccomp: SeccompFiles,
  join: readonly string[],
): Launcher => ({
  words: [...base.words, ...limitWords(prlimit, profile.limits), ...join, ...bubblewrapWords(bwrap, profile)],
  enforces: [...base.enforces, "bubblewrap", ...closed(profile)],
  holds: { seccomp: seccomp(profile, "own") },
});

const closed = ({ network, processes }: Profile): readonly string[] => [
  "no-other-files",
  ...NETWORKS[network],
  ...(processes === "none" ? ["no-new-processes"] : []),
  "resource-limits",
];

const NETWORKS: Readonly<Record<Profile["network"], readonly string[]>> = {
  none: ["no-network"],
  proxy: ["no-network-but-proxy"],
  any: [],
};
