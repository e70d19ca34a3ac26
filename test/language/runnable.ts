import { onlyPipeline } from "../../src/language/only-pipeline.js";
import { parse } from "../../src/language/parse.js";
import type { List, Pipeline } from "../../src/language/syntax.js";
import type { Shell } from "./run-shell.js";
import { commandsOf, piecesOf, redirectionsOf } from "./walk.js";

/** A text whose programs were replaced by functions that the scripts of `dash.ts` have. */
export type Runnable = { readonly text: string; readonly pipeline: Pipeline };

/**
 * The text of a pipeline as something that a shell may run: `first x` or `start x` and `next x` in place of the
 * programs, `say` in substitutions. `undefined` where the shell would not know a form of it, where it is more than a
 * pipeline, and where redirections would hide words.
 */
export const runnable = (text: string, shell: Shell = "/bin/dash"): Runnable | undefined => {
  const list = accepted(text);
  const pipeline = list && onlyPipeline(list);
  if (list === undefined || pipeline === undefined || STRIPPED.test(text)) return undefined;
  if (shell === "/bin/dash" && !isKnownToDash(text, list)) return undefined;
  if (redirectionsOf(list).length > (pipeline.commands.length > 1 ? 0 : pipeline.commands[0].redirections.length))
    return undefined;
  const replaced = withPrograms(text, list, pipeline);
  const again = accepted(replaced);
  const run = again && onlyPipeline(again);
  return run && { text: replaced, pipeline: run };
};

const accepted = (text: string): List | undefined => {
  const parsed = parse(text);
  return parsed.ok ? parsed.value : undefined;
};

/** A fence or a prompt is for no shell. */
const STRIPPED = /^\s*(?:```|\$[ \t])/;

/** dash 0.5.12 has neither `$'…'` nor `&>`, and `>&` wants a descriptor there. */
const isKnownToDash = (text: string, list: List): boolean =>
  piecesOf(list).every(({ kind }) => kind !== "dollar-single") &&
  redirectionsOf(list).every(({ kind, span }) => kind !== "discard" || !text.slice(span.start, span.end).includes("&"));

const withPrograms = (text: string, list: List, pipeline: Pipeline): string => {
  let result = "";
  let at = 0;
  const outer = pipeline.commands.map(({ words }, index) => ({ words, name: outerName(pipeline, index) }));
  const inner = commandsOf(list)
    .filter((command) => !pipeline.commands.includes(command))
    .map(({ words }) => ({ words, name: "say" }));
  const all = [...outer, ...inner].sort((a, b) => a.words[0].span.start - b.words[0].span.start);
  for (const { words, name } of all) {
    result += text.slice(at, words[0].span.start) + name;
    at = words[0].span.end;
  }
  return result + text.slice(at);
};

const outerName = (pipeline: Pipeline, index: number): string => {
  if (pipeline.commands.length === 1) return "first x";
  return index === 0 ? "start x" : "next x";
};
