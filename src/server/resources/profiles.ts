import { access, constants, stat } from "node:fs/promises";
import type { Identities } from "../../executor/identity.js";
import { profileFiles } from "../../executor/identity.js";
import { oneLine } from "../../language/visible.js";
import { wildcard } from "../../policy/custom/wildcard.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { FRESH, FRESH_FAILURE, kept } from "./kept.js";
import { plainWords } from "./plain-words.js";

/** `aws://config/profiles`. */
export type Profiles = {
  readonly profiles: readonly Profile[];
  /** How many more there are. */
  readonly left_out?: number;
  /** What is wrong with the operator's files. */
  readonly problems: Readonly<Record<string, string>>;
};

export type Profile = {
  readonly name: string;
  /** The server's own. */
  readonly is_current: boolean;
  /** A command may name it. */
  readonly allowed: boolean;
  /** The operator's files have it; null where they could not be read. */
  readonly exists: boolean | null;
  /** Where commands with it go that name no region; null where none may name it. */
  readonly region: string | null;
};

export type ProfilesParts = {
  readonly book: Pick<RuleBook, "profiles" | "regions" | "policy">;
  readonly identities: Pick<Identities, "profiles">;
  readonly operator: NodeJS.ProcessEnv;
  readonly now: () => number;
};

const MILLISECONDS = 15_000;

/** Profiles that are listed. */
const MOST = 1000;

/**
 * Reads which profiles there are and which of them commands may name: those of the operator's files, as the AWS CLI reads
 * them, and those of the settings. Gives nothing when the signal fires.
 */
export const profilesReader = (parts: ProfilesParts): ((signal: AbortSignal) => Promise<Profiles | undefined>) =>
  kept(() => readProfiles(parts), {
    now: parts.now,
    fresh: ({ problems }) => (Object.keys(problems).length === 0 ? FRESH : FRESH_FAILURE),
  });

const readProfiles = async ({ book, identities, operator }: ProfilesParts): Promise<Profiles> => {
  const [named, problems] = await Promise.all([identities.profiles(MILLISECONDS), fileProblems(operator)]);
  const found = named.ok ? named.value : [];
  const names = [...new Set([...book.profiles, ...found])];
  // The default stands first, then what commands may name.
  const rows = names
    .map((name) => rowOf(name, named.ok ? found.includes(name) : null, book))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  return {
    profiles: rows.slice(0, MOST).map((row) => ({ ...row, name: oneLine(row.name) })),
    ...(rows.length > MOST ? { left_out: rows.length - MOST } : {}),
    problems: named.ok ? problems : { ...problems, profiles: plainWords(named.error) || "the AWS CLI says nothing" },
  };
};

const rank = ({ name, allowed, is_current: own }: Profile): number => {
  if (name === "default") return 0;
  return own || allowed ? 1 : 2;
};

const rowOf = (
  name: string,
  exists: boolean | null,
  { profiles, regions, policy }: ProfilesParts["book"],
): Profile => ({
  name,
  is_current: name === profiles[0],
  allowed: profiles.includes(name) && (policy?.limits.profiles ?? ["*"]).some((glob) => wildcard(glob)(name)),
  exists,
  region: regions.get(name) ?? null,
});

// The CLI takes a file that it cannot open for an empty one, without a word.
const fileProblems = async (operator: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> => {
  const { config, credentials } = profileFiles(operator);
  const found = await Promise.all([
    fileProblem("config", config, operator.AWS_CONFIG_FILE !== undefined),
    fileProblem("credentials", credentials, operator.AWS_SHARED_CREDENTIALS_FILE !== undefined),
  ]);
  return Object.assign({}, ...found);
};

const fileProblem = async (name: string, path: string, isNamed: boolean) => {
  try {
    await access(path, constants.R_OK);
    return (await stat(path)).isFile() ? {} : { [name]: `${oneLine(path)} is not a file` };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    if (code === "ENOENT" && !isNamed) return {};
    return { [name]: `${oneLine(path)} cannot be read: ${code}` };
  }
};
