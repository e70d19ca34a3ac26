import type { Elf } from "./elf-file.js";

/** A file by the path that it is opened by, and where that leads. */
export type OpenedFile = {
  readonly path: string;
  /** Without symlinks. */
  readonly real: string;
};

/** A program or a library among those that are loaded together. */
export type Loaded = {
  readonly file: OpenedFile;
  readonly elf: Elf;
  /** What needs it; undefined for the program. */
  readonly by: Loaded | undefined;
};
