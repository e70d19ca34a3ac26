import type { GitState } from "./git-state.js";

export type BuildFacts = {
  /** The version in package.json, by the rules of semver 2.0. */
  readonly declared: string;
  /** What whoever builds says it is (`AWSPIPE_VERSION`), where no git can tell; an empty one is none. */
  readonly stated: string | undefined;
  readonly git: GitState;
};

/**
 * The version of a build: `1.2.3` on the commit that has the tag `v1.2.3`, otherwise `1.2.3-dev+g` and the commit, with
 * `.dirty` where the tree has changes; no release is called that. Without git it is the declared one. Throws when the
 * stated version is not one of the declared version's.
 */
export const buildVersion = ({ declared, stated, git }: BuildFacts): string => {
  if (stated) return checked(stated, declared);
  switch (git.kind) {
    case "none":
      return declared;
    case "unreadable":
      return `${coreOf(declared)}-dev`;
    case "commit":
      if (git.tags.includes(`v${declared}`) && !git.changed) return declared;
      return `${coreOf(declared)}-dev+g${git.revision.slice(0, 12)}${git.changed ? ".dirty" : ""}`;
  }
};

const checked = (stated: string, declared: string): string => {
  if (stated === declared || BUILDS.exec(stated)?.[1] === coreOf(declared)) return stated;
  throw new Error(
    `AWSPIPE_VERSION is \`${stated}\`, and package.json has \`${declared}\`: state \`${declared}\` or \`${coreOf(declared)}-dev\``,
  );
};

const BUILDS = /^(\d+\.\d+\.\d+)-dev(?:\+[0-9a-z]+(?:\.[0-9a-z]+)*)?$/;

/** `1.2.3` of `1.2.3-rc.1`: semver then has `-dev` before each of its candidates. */
const coreOf = (version: string): string => version.split(/[-+]/, 1)[0] ?? version;
