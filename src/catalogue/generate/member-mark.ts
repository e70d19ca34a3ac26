import { memberWords } from "./member-words.js";
import type { NotRole } from "./reviewed.js";
import type { Shape } from "./service-model.js";

/** The catalogue's letter for what a member of an API's input is, by its name: role, account, URL; or by its type: bytes. */
export const memberMark = (
  name: string,
  leaf: Pick<Shape, "type" | "enum">,
  { folder, operation, notRoles }: { folder: string; operation: string; notRoles: readonly NotRole[] },
): string | undefined => {
  if (leaf.type === "blob") return "y";
  if (leaf.enum !== undefined || !(leaf.type === "string" || leaf.type === "structure")) return undefined;
  const words = memberWords(name);
  if (soundsRole(words)) return notRoles.some(names(folder, operation, name)) ? undefined : "r";
  if (leaf.type !== "string") return undefined;
  if (soundsAccount(words)) return "a";
  return soundsUrl(words) ? "u" : undefined;
};

const names =
  (folder: string, operation: string, member: string) =>
  (entry: NotRole): boolean =>
    entry.model === folder &&
    (entry.member === "*" || entry.member === member) &&
    !(entry.except?.includes(operation) ?? false);

const soundsRole = (words: readonly string[]): boolean =>
  words.some((word) => word === "role" || word === "roles") || words.join("").includes("instanceprofile");

const soundsAccount = (words: readonly string[]): boolean =>
  /(^| )accounts?( (id|ids|identifier|identifiers|number))?$/.test(words.join(" "));

const soundsUrl = (words: readonly string[]): boolean =>
  /^(url|urls|uri|uris|endpoint|hostname|webhook)$/.test(words.at(-1) ?? "");
