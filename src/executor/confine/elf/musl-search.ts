import { basename, dirname, join } from "node:path";
import { withPieces } from "./file-pieces.js";
import { foldersIn, inFolder, type LibrarySearch, type SystemPlaces } from "./library-search.js";
import type { Loaded, OpenedFile } from "./loaded.js";
import { openedFile } from "./opened-file.js";

/** How musl's loader looks for libraries: load_library of ldso/dynlink.c. It has no cache, but may have a list of folders. */
export const muslSearch = (loader: string, system: SystemPlaces): LibrarySearch => {
  const list = openedFile(join(dirname(dirname(loader)), "etc", basename(loader).replace(/\.so\.1$/, ".path")));
  const defaults = listed(list) ?? ["/lib", "/usr/local/lib", "/usr/lib"].map((folder) => `${system.root}${folder}`);
  return {
    places: (name, by) =>
      name.includes("/")
        ? [[name]]
        : [...system.libraryPath, ...ownFolders(by), ...defaults].map((folder) => [inFolder(folder, name)]),
    isItself: (name) => PARTS.test(name),
    knowsSonames: false,
    cache: list,
  };
};

export const isMusl = (loader: string): boolean => basename(loader).startsWith("ld-musl-");

/** All that glibc had in libraries of their own. */
const PARTS = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;

const MOST_BYTES = 1 << 16;

const listed = (list: OpenedFile | undefined): readonly string[] | undefined => {
  if (list === undefined) return undefined;
  const bytes = withPieces(list.path, ({ piece, size }) => piece(0, Math.min(size, MOST_BYTES)));
  return bytes && foldersIn(new TextDecoder().decode(bytes).replaceAll("\n", ":"));
};

/** DT_RUNPATH, or else DT_RPATH, of what needs the library and of all that need that. Of tokens there is one. */
const ownFolders = (by: Loaded): readonly string[] => {
  const folders: string[] = [];
  for (let each: Loaded | undefined = by; each !== undefined; each = each.by) {
    const origin = dirname(each.by === undefined ? each.file.real : each.file.path);
    const list = (each.elf.runpath ?? each.elf.rpath ?? "").replace(/\$(?:ORIGIN|\{ORIGIN\})/g, () => origin);
    if (!list.includes("$")) folders.push(...foldersIn(list));
  }
  return folders;
};
