import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ok, type Result } from "../../language/result.js";
import type { Reason } from "../prepare-stage.js";
import { SYSTEM } from "./elf/library-search.js";
import { type ProgramFiles, programFiles } from "./elf/program-files.js";

/** What has to be open to a program so that it starts, by absolute paths. */
export type NeededFiles = {
  /** The program, its loader; of a script also its interpreter. */
  readonly executes: readonly string[];
  /** Libraries, and the table in which the loader finds them. */
  readonly reads: readonly string[];
  readonly script: boolean;
};

/** The files of a program; remembered as long as the program is the same file. */
export const neededFiles = (program: string): Result<NeededFiles, Reason> => remembered(program, () => find(program));

/** The files of several programs together. */
export const neededByAll = (programs: readonly string[]): Result<NeededFiles, Reason> => {
  const all: NeededFiles[] = [];
  for (const program of programs) {
    const files = neededFiles(program);
    if (!files.ok) return files;
    all.push(files.value);
  }
  return ok({
    executes: all.flatMap(({ executes }) => executes),
    reads: all.flatMap(({ reads }) => reads),
    script: all.some(({ script }) => script),
  });
};

/**
 * Libraries of the system that the shared objects in a folder need, which a program loads while it runs. Objects that
 * cannot be loaded here are passed over: nothing says that the program does.
 *
 * @param folder absolute path, also where the objects look for each other
 */
export const neededByModules = (folder: string): readonly string[] => {
  const found = remembered(folder, () => {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.so(\.|$)/.test(name));
    const libraries = names.flatMap((name) => {
      const files = programFiles(join(folder, name), { ...SYSTEM, libraryPath: [folder] });
      return files.ok && files.value.kind === "program" ? files.value.libraries.map(({ path }) => path) : [];
    });
    const reads = [...new Set(libraries)].filter((path) => !path.startsWith(`${folder}/`));
    return ok({ executes: [], reads, script: false });
  });
  return found.ok ? found.value.reads : [];
};

const known = new Map<string, { readonly stamp: string; readonly files: NeededFiles }>();

const remembered = (path: string, look: () => Result<NeededFiles, Reason>): Result<NeededFiles, Reason> => {
  const stats = statSync(path, { throwIfNoEntry: false });
  const stamp = `${stats?.dev} ${stats?.ino} ${stats?.mtimeMs} ${stats?.size}`;
  const before = known.get(path);
  if (before?.stamp === stamp) return ok(before.files);
  const files = look();
  if (files.ok) known.set(path, { stamp, files: files.value });
  return files;
};

const find = (program: string): Result<NeededFiles, Reason> => {
  const files = programFiles(program);
  if (!files.ok) return files;
  if (files.value.kind === "program") return ok(ofProgram(program, files.value));
  const interpreter = neededFiles(files.value.interpreter);
  if (!interpreter.ok) return interpreter;
  return ok({ ...interpreter.value, executes: [program, ...interpreter.value.executes], script: true });
};

const ofProgram = (
  program: string,
  { interpreter, libraries, cache }: Extract<ProgramFiles, { kind: "program" }>,
): NeededFiles => ({
  executes: [program, ...(interpreter === undefined ? [] : [interpreter.path])],
  reads: [...libraries, ...(cache === undefined ? [] : [cache])].map(({ path }) => path),
  script: false,
});
