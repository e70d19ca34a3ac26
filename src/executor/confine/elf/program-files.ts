import { err, ok, type Result } from "../../../language/result.js";
import type { Reason } from "../../prepare-stage.js";
import { type Elf, readElf } from "./elf-file.js";
import type { ElfMachine } from "./elf-header.js";
import { damagedProgram, foreignProgram, unreadableProgram } from "./elf-problem.js";
import { glibcSearch } from "./glibc-search.js";
import { type LibrarySearch, SYSTEM, type SystemPlaces } from "./library-search.js";
import { linkedLibraries } from "./linked-libraries.js";
import type { Loaded, OpenedFile } from "./loaded.js";
import { isMusl, muslSearch } from "./musl-search.js";
import { openedFile } from "./opened-file.js";

/** The files that execve(2) of a program opens. */
export type ProgramFiles =
  /** a program, or a library by itself */
  | {
      readonly kind: "program";
      readonly machine: ElfMachine;
      readonly file: OpenedFile;
      /** What the kernel loads beside it; a static program has none. */
      readonly interpreter: OpenedFile | undefined;
      /**
       * In the order of loading. Where there are several of one library for several processors, all are here, for one of
       * them is opened.
       */
      readonly libraries: readonly OpenedFile[];
      /** What the interpreter looks libraries up in: glibc's cache, musl's list of folders. */
      readonly cache: OpenedFile | undefined;
    }
  /** `#!/bin/sh -e`: the kernel opens the interpreter in its place */
  | {
      readonly kind: "script";
      readonly file: OpenedFile;
      /** Absolute path; its own files are another call's answer. */
      readonly interpreter: string;
      readonly argument: string | undefined;
    };

/**
 * Finds every file that starting a program opens, and no other, without starting it: its interpreter, and the libraries
 * that it and they need. What it opens later is not here (locales, name services, modules), nor what /etc/ld.so.preload
 * names, which a program goes without where it cannot be read.
 *
 * @param path absolute
 */
export const programFiles = (path: string, system: SystemPlaces = SYSTEM): Result<ProgramFiles, Reason> => {
  const file = openedFile(path);
  if (file === undefined) return err(unreadableProgram(path));
  const elf = readElf(path);
  switch (elf.kind) {
    case "missing":
      return err(unreadableProgram(path));
    case "foreign":
      return err(foreignProgram(path));
    case "damaged":
      return err(damagedProgram(path, elf.what));
    case "script":
      return ok({ file, ...elf });
    case "elf":
      return filesOf({ file, elf, by: undefined }, system);
  }
};

const filesOf = (program: Loaded, system: SystemPlaces): Result<ProgramFiles, Reason> => {
  const { file, elf } = program;
  const interpreter = interpreterOf(elf);
  if (!interpreter.ok) return interpreter;
  const search = searchOf(elf, system);
  const libraries = linkedLibraries(program, interpreter.value, search);
  if (!libraries.ok) return libraries;
  return ok({
    kind: "program",
    machine: elf.machine,
    file,
    interpreter: interpreter.value?.file,
    libraries: libraries.value,
    cache: interpreter.value === undefined ? undefined : search.cache,
  });
};

const interpreterOf = ({ interpreter, machine }: Elf): Result<Loaded | undefined, Reason> => {
  if (interpreter === undefined) return ok(undefined);
  const file = openedFile(interpreter);
  if (file === undefined) return err(unreadableProgram(interpreter));
  const elf = readElf(interpreter);
  if (elf.kind !== "elf") return err(damagedProgram(interpreter, "it is no loader of programs"));
  return elf.machine === machine ? ok({ file, elf, by: undefined }) : err(foreignProgram(interpreter));
};

/** A library names no loader, but needs its libc, which musl's calls by another name. */
const searchOf = ({ interpreter, machine, needed }: Elf, system: SystemPlaces): LibrarySearch => {
  const libc = needed.find((name) => MUSL_LIBC.test(name))?.replace(MUSL_LIBC, "/lib/ld-musl-$1.so.1");
  const musl = interpreter ?? libc ?? "";
  return isMusl(musl) ? muslSearch(musl, system) : glibcSearch(machine, system);
};

const MUSL_LIBC = /^libc\.musl-(\w+)\.so\.1$/;
