import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ProgramFiles, programFiles } from "../../../../src/executor/confine/elf/program-files.js";
import { type ElfParts, OWN_MACHINE, writeElf } from "./write-elf.js";

// The machine's own loader is asked what it loads.

const LOADER = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"].find((path) => existsSync(path)) ?? "";

/** The paths that the loader opens, but for its own, or undefined where it cannot load the program. */
const loadedBy = (program: string, libraryPath: readonly string[] = []): readonly string[] | undefined => {
  try {
    const text = execFileSync(LOADER, ["--list", program], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: libraryPath.length === 0 ? {} : { LD_LIBRARY_PATH: libraryPath.join(":") },
    });
    const paths = [...text.matchAll(/^\t(?:\S+ => )?(\/.+) \(0x[0-9a-f]+\)$/gm)].map(([, path = ""]) => path);
    return paths.filter((path) => path !== LOADER);
  } catch {
    return undefined;
  }
};

const librariesOf = (program: string, libraryPath: readonly string[] = []): readonly string[] | undefined => {
  const files = programFiles(program, { cache: "/etc/ld.so.cache", root: "", libraryPath });
  if (!files.ok) {
    expect(files.error.code).toBe("library-missing");
    return undefined;
  }
  return files.value.kind === "program" ? files.value.libraries.map(({ path }) => path) : [];
};

const isDynamic = (files: ProgramFiles): boolean => files.kind === "program" && files.interpreter !== undefined;

describe("the loader of this machine", () => {
  it("loads of every utility what programFiles says, and in this order", () => {
    const names = `
      awk base64 basename bwrap cat column comm cut date diff echo env expand find fold gawk grep gzip head iconv join jq
      less md5sum mawk nl node od paste printf prlimit python3 rev sed seq setpriv sha256sum shuf sort split strings tac
      tail tee tr uniq wc xargs xxd`;
    const paths = ["/usr/bin", "/bin", dirname(process.execPath)].flatMap((folder) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => join(folder, name)),
    );
    const found = paths.flatMap((path) => {
      const files = programFiles(path);
      return files.ok && isDynamic(files.value) ? [path] : [];
    });
    expect(found.length).toBeGreaterThan(30);
    expect(found.map((path) => [path, librariesOf(path)])).toEqual(found.map((path) => [path, loadedBy(path)]));
  });
});

describe("programFiles", () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-elf-")));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it("agrees with the loader about any folders", () => {
    let loaded = 0;
    fc.assert(
      fc.property(scene, ({ program, libraries, libraryPath }) => {
        rmSync(root, { recursive: true });
        for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
        for (const { folder, name, parts } of libraries) writeElf(join(root, folder, name), inRoot(parts, root));
        const path = join(root, "program");
        writeElf(path, { ...inRoot(program, root), interpreter: LOADER });
        const folders = libraryPath.map((folder) => join(root, folder));
        const wanted = loadedBy(path, folders);
        if (wanted !== undefined && wanted.length > 1) loaded += 1;
        expect(librariesOf(path, folders)).toEqual(wanted);
      }),
      { numRuns: 250 },
    );
    expect(loaded).toBeGreaterThan(10);
  });

  it("names the libraries for other processors, too", () => {
    const levels = ["glibc-hwcaps/x86-64-v2", "glibc-hwcaps/x86-64-v3", "glibc-hwcaps/x86-64-v4"];
    for (const level of levels) mkdirSync(join(root, level), { recursive: true });
    const folders = process.arch === "x64" ? [...levels].reverse() : [];
    for (const folder of [...levels, "."]) writeElf(join(root, folder, "liba.so"), { soname: "liba.so" });
    writeElf(join(root, "program"), { interpreter: LOADER, needed: ["liba.so"], runpath: "$ORIGIN" });
    const all = [...folders, "."].map((folder) => join(root, folder, "liba.so"));
    expect(librariesOf(join(root, "program"))).toEqual(all);
    expect(all).toEqual(expect.arrayContaining([...(loadedBy(join(root, "program")) ?? ["none"])]));
  });
});

const FOLDERS = ["a", "b", "c"];
const NAMES = ["libone.so.1", "libtwo.so", "libthree.so.3", "libc.so.6"];

const inRoot = (parts: ElfParts, root: string): ElfParts =>
  Object.fromEntries(
    Object.entries(parts).map(([key, value]) => [
      key,
      typeof value === "string" ? value.replaceAll("ROOT", root) : value,
    ]),
  );

const folderList = fc
  .array(
    fc.constantFrom("ROOT/a", "ROOT/b", "ROOT/c", "$ORIGIN", `\${ORIGIN}/../b`, "$ORIGIN/a", "ROOT/none", "ROOT/a/"),
    {
      minLength: 2,
      maxLength: 5,
    },
  )
  .map((folders) => folders.join(":"));

const parts = (most: number): fc.Arbitrary<ElfParts> =>
  fc
    .record({
      needed: fc.subarray(NAMES, { maxLength: most }),
      folders: fc.oneof(
        folderList.map((rpath) => ({ rpath })),
        folderList.map((runpath) => ({ runpath })),
        fc.record({ rpath: folderList, runpath: folderList }),
        fc.constant({}),
      ),
      soname: fc.constantFrom(undefined, undefined, undefined, ...NAMES, "libalias.so"),
      machine: fc.constantFrom(...Array(8).fill(OWN_MACHINE), 183 + 62 - OWN_MACHINE, 40),
      noDefaultFolders: fc.constantFrom(false, false, false, true),
    })
    .map(({ folders, soname, ...rest }) => ({ ...rest, ...folders, ...(soname === undefined ? {} : { soname }) }));

/** A program, and libraries in folders, where each may be several times, or of another machine. */
const scene = fc.record({
  program: parts(2).map((each) => ({ ...each, machine: OWN_MACHINE })),
  libraries: fc.uniqueArray(
    fc.record({ folder: fc.constantFrom(...FOLDERS), name: fc.constantFrom(...NAMES.slice(0, 3)), parts: parts(2) }),
    { selector: ({ folder, name }) => `${folder}/${name}`, minLength: 7, maxLength: 9 },
  ),
  libraryPath: fc.subarray(FOLDERS, { maxLength: 2 }),
});
