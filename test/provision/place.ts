import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const marker = ".complete";

/** True when `folder` was placed whole and from this very recipe. */
export function isPlaced(folder: string, recipe: string): boolean {
  try {
    return readFileSync(join(folder, marker), "utf8") === recipe;
  } catch {
    return false; // no folder, or an interrupted one
  }
}

/** Fills a folder beside its place and renames it there, so that nobody ever sees half of it and two callers don't meet. */
export async function place(folder: string, recipe: string, fill: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${folder}.draft-${process.pid}-${randomBytes(4).toString("hex")}`;
  mkdirSync(draft, { recursive: true });
  try {
    await fill(draft);
    writeFileSync(join(draft, marker), recipe);
    swapIn(draft, folder, recipe);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function swapIn(draft: string, folder: string, recipe: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  if (tryRename(draft, folder) || isPlaced(folder, recipe)) return;
  rmSync(folder, { recursive: true, force: true });
  if (!tryRename(draft, folder) && !isPlaced(folder, recipe)) throw new Error(`could not put ${folder} in its place`);
}

function tryRename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false; // somebody else was first, or an old one is in the way: the caller looks
  }
}
