import { resolve } from "node:path";
import { matchUtility, type UtilityInvocation } from "../src/utilities/match-utility.js";
import type { UtilityGrammars } from "../src/utilities/utility-grammar.js";
import type { Judgement } from "./target.js";

/** Reads an argv, and what was written for it again. */
export const canonicalLaws = (grammars: UtilityGrammars, argv: readonly string[], workspace: string): Judgement => {
  const matched = matchUtility(grammars, argv, workspace);
  if (!matched.ok) return { accepted: false, answer: matched.error };
  const broken = notItself(grammars, matched.value, workspace) ?? outside(matched.value, workspace);
  return { accepted: true, answer: matched.value, ...(broken !== undefined && { broken }) };
};

const notItself = (grammars: UtilityGrammars, { argv, files }: UtilityInvocation, workspace: string) => {
  const again = matchUtility(grammars, argv, workspace);
  if (!again.ok) return `refuses what it writes: ${again.error.code}`;
  const same = JSON.stringify([again.value.argv, again.value.files]) === JSON.stringify([argv, files]);
  return same ? undefined : "reads what it writes as something else";
};

/** What is listed or made is named from the workspace, in which the stage runs. */
const outside = ({ argv, files }: UtilityInvocation, workspace: string): string | undefined => {
  const other = files.find(({ path, argument, how }) => {
    const word = argv[argument] ?? "";
    return !isInside(path, workspace) || path !== (how === "read" ? word : resolve(workspace, word));
  });
  return other && "names a file outside the workspace";
};

const isInside = (path: string, workspace: string): boolean =>
  (path === workspace || path.startsWith(`${workspace}/`)) && !path.split("/").includes("..");
