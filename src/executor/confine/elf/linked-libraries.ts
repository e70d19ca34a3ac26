import { err, ok, type Result } from "../../../language/result.js";
import type { Reason } from "../../prepare-stage.js";
import { readElf } from "./elf-file.js";
import { damagedProgram, missingLibrary } from "./elf-problem.js";
import type { LibrarySearch } from "./library-search.js";
import type { Loaded, OpenedFile } from "./loaded.js";
import { openedFile } from "./opened-file.js";

/** More than any program has. */
const MOST = 1024;

/**
 * Every library that a program is loaded with, breadth first, as loaders open them.
 *
 * @param loader the program's interpreter, which is loaded already; undefined where there is none
 */
export const linkedLibraries = (
  program: Loaded,
  loader: Loaded | undefined,
  search: LibrarySearch,
): Result<readonly OpenedFile[], Reason> => {
  const opened = new Map<string, OpenedFile>();
  const loaded: Loaded[] = [program];
  const reals = new Set([program, loader].map((each) => each?.file.real));
  const names = new Set([loader?.file.path]);
  if (search.knowsSonames) for (const each of [program, loader]) names.add(each?.elf.soname);
  for (const by of loaded) {
    for (const { name, optional } of namesOf(by)) {
      if (names.has(name) || search.isItself(name)) continue;
      names.add(name);
      const found = firstFound(search.places(name, by), by);
      if (!found.ok) return found;
      if (found.value.length === 0 && !optional) return err(missingLibrary(name, by.file.path));
      for (const library of found.value) {
        opened.set(library.file.path, library.file);
        if (search.knowsSonames) names.add(library.elf.soname ?? name);
        if (!reals.has(library.file.real)) loaded.push(library);
        reals.add(library.file.real);
      }
      if (loaded.length > MOST) return err(damagedProgram(program.file.path, `it needs more than ${MOST} libraries`));
    }
  }
  return ok([...opened.values()]);
};

const namesOf = ({ elf }: Loaded) => [
  ...elf.stands.map((name) => ({ name, optional: true })),
  ...elf.needed.map((name) => ({ name, optional: false })),
];

/** The libraries of the first list that has any for this machine. */
const firstFound = (places: readonly (readonly string[])[], by: Loaded): Result<readonly Loaded[], Reason> => {
  for (const paths of places) {
    const found: Loaded[] = [];
    for (const path of paths) {
      const library = readLibrary(path, by);
      if (!library.ok) return library;
      if (library.value !== undefined) found.push(library.value);
    }
    if (found.length > 0) return ok(found);
  }
  return ok([]);
};

/** Loaders pass over what is of another machine, and stop at what is no library at all. */
const readLibrary = (path: string, by: Loaded): Result<Loaded | undefined, Reason> => {
  const elf = readElf(path);
  switch (elf.kind) {
    case "missing":
    case "foreign":
      return ok(undefined);
    case "script":
      return err(damagedProgram(path, "it is a script and no library"));
    case "damaged":
      return err(damagedProgram(path, elf.what));
    case "elf": {
      const file = openedFile(path);
      return ok(file === undefined || elf.machine !== by.elf.machine ? undefined : { file, elf, by });
    }
  }
};
