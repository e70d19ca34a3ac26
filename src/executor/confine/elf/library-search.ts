import type { Loaded, OpenedFile } from "./loaded.js";

/** How one loader looks for libraries. */
export type LibrarySearch = {
  /**
   * The paths that a name may be found at, in the loader's order. The first list counts that has any library; which of
   * that list is taken depends on the processor.
   */
  readonly places: (name: string, by: Loaded) => readonly (readonly string[])[];
  /** Whether the loader itself is what a name means. */
  readonly isItself: (name: string) => boolean;
  /** Whether a library that calls itself so is taken for any of that name. */
  readonly knowsSonames: boolean;
  /** The file that the loader looks up, where there is one. */
  readonly cache: OpenedFile | undefined;
};

/** Where libraries are looked for on a system, besides what programs and libraries say themselves. */
export type SystemPlaces = {
  /** What ldconfig(8) writes. */
  readonly cache: string;
  /** The root that the folders of every system are below, which is empty outside tests. */
  readonly root: string;
  /** What LD_LIBRARY_PATH names when the program runs. */
  readonly libraryPath: readonly string[];
};

export const SYSTEM: SystemPlaces = { cache: "/etc/ld.so.cache", root: "", libraryPath: [] };

/** The folders of a list with colons between. An empty or relative one means the working directory, which has none. */
export const foldersIn = (list: string): readonly string[] =>
  list.split(":").filter((folder) => folder.startsWith("/"));

/** The path that loaders make: `..` stays, for what is before it may be a symlink. */
export const inFolder = (folder: string, name: string): string => `${folder.replace(/\/+$/, "")}/${name}`;
