import type { Reason } from "../../prepare-stage.js";

/** Why it cannot be said which files a program opens. */

export const unreadableProgram = (path: string): Reason => ({
  code: "program-unreadable",
  message: `\`${path}\` is not a file that can be read`,
  hint: "install the program, or name another path",
});

export const foreignProgram = (path: string): Reason => ({
  code: "program-foreign",
  message: `\`${path}\` is not a 64-bit program of x86-64 or aarch64`,
  hint: "install the package of the machine's own architecture",
});

export const damagedProgram = (path: string, what: string): Reason => ({
  code: "program-damaged",
  message: `\`${path}\` cannot be loaded: ${what}`,
  hint: "install the package that it is from again",
});

export const missingLibrary = (name: string, by: string): Reason => ({
  code: "library-missing",
  message: `\`${by}\` needs \`${name}\`, which is in none of the folders that libraries are loaded from`,
  hint: "install the package that has the library, then run `ldconfig`",
});
