import { dirname } from "node:path";
import type { ElfMachine } from "./elf-header.js";
import { expandTokens } from "./expand-tokens.js";
import { libraryCache } from "./library-cache.js";
import { foldersIn, inFolder, type LibrarySearch, type SystemPlaces } from "./library-search.js";
import type { Loaded } from "./loaded.js";
import { openedFile } from "./opened-file.js";

/**
 * How glibc's ld.so looks for libraries: _dl_map_object of elf/dl-load.c, and ld.so(8). The folders for processors are
 * those since 2.33; of the older ones, only what the cache has is found.
 */
export const glibcSearch = (machine: ElfMachine, system: SystemPlaces): LibrarySearch => {
  const cache = libraryCache(system.cache);
  const defaults = DEFAULTS[machine].map((folder) => `${system.root}${folder}`);
  const own = (name: string, by: Loaded) => {
    const runpath = ownFolders(by, by.elf.runpath);
    return [...rpathOf(by), ...system.libraryPath, ...runpath].map((folder) => variants(folder, name, machine));
  };
  const shared = (name: string, { elf }: Loaded) => {
    const cached = cache(name, machine);
    if (elf.noDefaultFolders)
      return [cached.filter((path) => !defaults.some((folder) => path.startsWith(`${folder}/`)))];
    return [cached, ...defaults.map((folder) => variants(folder, name, machine))];
  };
  return {
    places: (name, by) =>
      name.includes("/") ? named(name, by).map((path) => [path]) : [...own(name, by), ...shared(name, by)],
    isItself: () => false,
    knowsSonames: true,
    cache: openedFile(system.cache),
  };
};

/** The trusted folders of Debian's glibc, then of others'. */
const DEFAULTS: Readonly<Record<ElfMachine, readonly string[]>> = {
  x64: ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"],
  arm64: ["/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"],
};

const HWCAPS: Readonly<Record<ElfMachine, readonly string[]>> = {
  x64: ["x86-64-v4", "x86-64-v3", "x86-64-v2"],
  arm64: [],
};

/** A library in a folder, for processors that can do more, and for all. */
const variants = (folder: string, name: string, machine: ElfMachine): readonly string[] => [
  ...HWCAPS[machine].map((level) => inFolder(folder, `glibc-hwcaps/${level}/${name}`)),
  inFolder(folder, name),
];

/** DT_RPATH of what needs the library, of what needs that, and so on; none where the first of these has DT_RUNPATH. */
const rpathOf = (by: Loaded): readonly string[] => {
  if (by.elf.runpath !== undefined) return [];
  const folders: string[] = [];
  for (let each: Loaded | undefined = by; each !== undefined; each = each.by)
    if (each.elf.runpath === undefined) folders.push(...ownFolders(each, each.elf.rpath));
  return folders;
};

const ownFolders = (by: Loaded, list: string | undefined): readonly string[] =>
  (list ?? "")
    .split(":")
    .flatMap((folder) => named(folder, by))
    .flatMap(foldersIn);

const named = (text: string, by: Loaded): readonly string[] =>
  expandTokens(text, { origin: originOf(by), machine: by.elf.machine }).filter((path) => path.startsWith("/"));

/** The kernel tells a program where it is, without symlinks; a library is where it was opened. */
const originOf = ({ file, elf, by }: Loaded): string =>
  dirname(by === undefined && elf.interpreter !== undefined ? file.real : file.path);
