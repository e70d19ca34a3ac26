import { ProtocolError } from "@modelcontextprotocol/server";
import type { EngineAnswer } from "../../engine.js";
import type { CompletedRun } from "../../executor/run-result.js";
import { oneLine } from "../../language/visible.js";
import { shower } from "../redact/present.js";
import { MOST_NAMES, shownName } from "../shown-name.js";
import type { ToolParts } from "../tool-parts.js";
import { type FileBlock, fileBlocks, type ShownFile, uriOf } from "./file-blocks.js";
import { type LeftFile, placeNotes } from "./place-notes.js";
import { readWritten } from "./read-written.js";

/** Files that go with an answer. */
export type InlineFiles = {
  /** Where the files of the call are, and which of them are not shown. */
  readonly notes: readonly string[];
  readonly blocks: readonly FileBlock[];
  /** How many secrets are hidden in them. */
  readonly hidden: number;
};

/** What no file has been written by, or what later calls find again. */
export const NO_FILES: InlineFiles = { notes: [], blocks: [], hidden: 0 };

export type InlineParts = Pick<ToolParts, "unsharedWorkspace" | "maxOutput" | "redact" | "drawPage">;

/**
 * The files that a call has written to a workspace which a later call may not reach: those that are text, as they may be
 * read (see `present`), in the room that the outputs have left, and for all what became of them. What a command wrote that
 * reads a secret is named alone: whoever let it run was told that it writes a file, not that its text goes to a model.
 *
 * @param answers the engine's answers to all commands of the call
 */
export const inlineFiles = async (answers: readonly EngineAnswer[], parts: InlineParts): Promise<InlineFiles> => {
  const runs = answers.flatMap(runsOf);
  const names = [...new Set(runs.flatMap(({ run }) => run.files.written))];
  if (parts.unsharedWorkspace === undefined || names.length === 0) return NO_FILES;
  const secret = new Set(
    answers
      .filter(mayHoldSecrets)
      .flatMap(runsOf)
      .flatMap(({ run }) => run.files.written),
  );
  const outputs = runs.flatMap(({ run, isShown }) => (isShown ? [run.output] : []));
  let left = parts.maxOutput - outputs.reduce((sum, { text }) => sum + text.length, 0);
  const show = shower(parts.redact);
  const shown: ShownFile[] = [];
  const rest: LeftFile[] = [];
  for (const name of names.slice(0, MOST_NAMES)) {
    const isSecret = secret.has(name);
    const file = await readWritten(parts.unsharedWorkspace, name, isSecret ? 0 : Math.max(0, left));
    if (file === undefined) continue;
    const known = { name: oneLine(await show.show(name)), bytes: file.bytes };
    if (isSecret) rest.push({ ...known, why: "secret" });
    else if (file.kind !== "text") rest.push({ ...known, why: file.kind });
    else if (outputs.some(({ text, dropped }) => dropped === undefined && text === file.text && text !== ""))
      rest.push({ ...known, why: "is-output" });
    else {
      const text = await show.show(file.text);
      const room = text.length + shownName(known.name).length + uriOf(known.name).length;
      if (room > left) rest.push({ ...known, why: "too-long" });
      else if (!isDrawn(parts, file.bytes)) rest.push({ ...known, why: "no-bytes-left" });
      else {
        shown.push({ name: known.name, text });
        left -= room;
      }
    }
  }
  const more = Math.max(0, names.length - MOST_NAMES);
  return { notes: placeNotes(shown, rest, more), blocks: fileBlocks(shown), hidden: show.hidden() };
};

// What was not judged counts as the worst.
const mayHoldSecrets = (answer: EngineAnswer): boolean => {
  switch (answer.kind) {
    case "refused":
    case "ask":
      return false;
    case "ran":
    case "ran-several":
      return answer.checked?.effects.includes("sensitive-read") ?? true;
  }
};

const runsOf = (answer: EngineAnswer): readonly { readonly run: CompletedRun; readonly isShown: boolean }[] => {
  switch (answer.kind) {
    case "refused":
    case "ask":
      return [];
    case "ran":
      return answer.result.kind === "run" ? [{ run: answer.result, isShown: true }] : [];
    case "ran-several":
      return answer.ends.flatMap(({ end, isInner }) => (end.kind === "run" ? [{ run: end, isShown: !isInner }] : []));
  }
};

const isDrawn = ({ drawPage }: InlineParts, bytes: number): boolean => {
  try {
    drawPage?.(bytes);
    return true;
  } catch (cause) {
    // Anything else is a mistake of ours.
    if (!(cause instanceof ProtocolError)) throw cause;
    return false;
  }
};
