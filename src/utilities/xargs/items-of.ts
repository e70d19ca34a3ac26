import { err, ok, type Result } from "../../language/result.js";
import { type Item, readItems } from "./read-items.js";
import { limitsBeside, MAX_XARGS_RUNS, type RunLimits } from "./run-limits.js";
import type { XargsCall } from "./xargs-call.js";
import { itemTooLong, runTooLong, tooManyRuns, type XargsProblem } from "./xargs-problem.js";

/** The items of each run. */
type Runs = readonly (readonly string[])[];

/**
 * Divides an input over runs as GNU findutils 4.9 does (xargs.c, `main`; buildcmd.c, `bc_push_arg`). An input without
 * items is one run without any, but with `-r` and `-I` it is none. A problem stands for the whole input, whereas GNU has
 * by then run what lies before it.
 *
 * @param input what xargs reads, decoded; at most `MAX_XARGS_INPUT` bytes, which its reader sees to
 * @param limits how much the items of one run may be; `limitsBeside` knows what a command leaves
 *
 * Problems: those of `readItems`; `xargs-item-too-long`, `xargs-run-too-long`, `xargs-too-many-runs`.
 */
export const itemsOf = (
  call: XargsCall,
  input: string,
  limits: RunLimits = limitsBeside([]),
): Result<Runs, XargsProblem> => {
  const items = readItems(call.separator, input);
  if (!items.ok) return items;
  if (items.value.length === 0) return ok(call.skipsEmpty || call.replace !== undefined ? [] : [[]]);
  return divided(call, items.value, limits);
};

const divided = (call: XargsCall, items: readonly Item[], limits: RunLimits): Result<Runs, XargsProblem> => {
  const { maxLines } = call;
  const maxItems = call.replace === undefined ? call.maxItems : 1;
  const runs: string[][] = [];
  let room = { items: 0, bytes: 0, lines: 0 };
  let isFull = true;
  for (const { text, endsLine } of items) {
    const size = Buffer.byteLength(text) + 1;
    if (size > Math.min(limits.itemBytes, limits.bytes) || limits.words < 1) return err(itemTooLong(text, size));
    const overflows = room.bytes + size > limits.bytes || room.items >= limits.words;
    // GNU divides no line for want of room (xargs.c, `exit_if_size_exceeded`).
    if (overflows && !isFull && maxLines !== undefined) return err(runTooLong(maxLines));
    if (overflows || isFull) {
      if (runs.length === MAX_XARGS_RUNS) return err(tooManyRuns);
      runs.push([]);
      room = { items: 0, bytes: 0, lines: 0 };
    }
    runs.at(-1)?.push(text);
    room = { items: room.items + 1, bytes: room.bytes + size, lines: room.lines + (endsLine ? 1 : 0) };
    isFull = room.items === maxItems || (maxLines !== undefined && room.lines >= maxLines);
  }
  return ok(runs);
};
