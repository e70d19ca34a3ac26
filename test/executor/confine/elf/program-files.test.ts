import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { programFiles } from "../../../../src/executor/confine/elf/program-files.js";
import { type CacheEntry, writeCache } from "./write-cache.js";
import { type ElfParts, elfBytes, PROGRAM_HEADERS, writeElf } from "./write-elf.js";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-elf-")));
});

afterEach(() => rmSync(root, { recursive: true }));

const X64 = 62;
const ARM64 = 183;

const at = (path: string): string => join(root, path);

const elf = (path: string, parts: ElfParts = {}): string => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeElf(at(path), { machine: X64, ...parts });
  return at(path);
};

const file = (path: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
  return at(path);
};

/** A system below the folder of the test, which has a loader. */
const system = (libraryPath: readonly string[] = []) => ({ cache: at("etc/ld.so.cache"), root, libraryPath });

const LOADER = "lib64/ld-linux-x86-64.so.2";

const program = (parts: ElfParts, path = "bin/program"): string => {
  elf(LOADER, { soname: "ld-linux-x86-64.so.2", ...(parts.machine === undefined ? {} : { machine: parts.machine }) });
  return elf(path, { interpreter: at(LOADER), ...parts });
};

/** Paths below the folder of the test, or the code. */
const libraries = (path: string, libraryPath: readonly string[] = []): readonly string[] | string => {
  const files = programFiles(path, system(libraryPath));
  if (!files.ok) return files.error.code;
  if (files.value.kind === "script") return "script";
  return files.value.libraries.map((library) => library.path.replace(`${root}/`, ""));
};

const error = (path: string) => {
  const files = programFiles(path, system());
  return files.ok ? files.value : { ...files.error, message: files.error.message.replaceAll(root, "") };
};

const opened = (path: string, real = path) => ({ path: at(path), real: at(real) });

describe("programFiles", () => {
  it("gives a program's interpreter, its libraries and theirs, and the cache", () => {
    elf("lib/libone.so.1.2", { soname: "libone.so.1", needed: ["libtwo.so"] });
    symlinkSync("libone.so.1.2", at("lib/libone.so.1"));
    elf("usr/lib/libtwo.so", { needed: ["libone.so.1", "ld-linux-x86-64.so.2"] });
    writeCache(file("etc/ld.so.cache", ""), [], false);
    const path = program({ needed: ["libone.so.1"] });
    symlinkSync("program", at("bin/name"));
    const files = {
      kind: "program",
      machine: "x64",
      interpreter: opened(LOADER),
      libraries: [opened("lib/libone.so.1", "lib/libone.so.1.2"), opened("usr/lib/libtwo.so")],
      cache: opened("etc/ld.so.cache"),
    };
    expect(programFiles(path, system())).toEqual({ ok: true, value: { ...files, file: opened("bin/program") } });
    expect(programFiles(at("bin/name"), system())).toEqual({
      ok: true,
      value: { ...files, file: opened("bin/name", "bin/program") },
    });
  });

  it("gives a static program nothing", () => {
    const nothing = { interpreter: undefined, libraries: [], cache: undefined };
    expect(programFiles(elf("bin/static"), system())).toEqual({
      ok: true,
      value: { kind: "program", machine: "x64", file: opened("bin/static"), ...nothing },
    });
  });

  it("gives a library by itself what it needs", () => {
    elf("lib/libone.so.1");
    elf("opt/real/module.so", { needed: ["libone.so.1", "libnear.so"], runpath: "$ORIGIN" });
    mkdirSync(at("opt/link"));
    symlinkSync("../real/module.so", at("opt/link/module.so"));
    elf("opt/link/libnear.so");
    expect(libraries(at("opt/link/module.so"))).toEqual(["lib/libone.so.1", "opt/link/libnear.so"]);
  });

  it("reads programs of aarch64", () => {
    elf("lib/aarch64-linux-gnu/libone.so.1", { machine: ARM64 });
    elf("lib/x86_64-linux-gnu/libone.so.1", { machine: ARM64 });
    elf("lib64/libtwo.so", { machine: X64 });
    elf("usr/lib64/libtwo.so", { machine: ARM64 });
    const path = program({ machine: ARM64, needed: ["libone.so.1", "libtwo.so"] });
    expect(libraries(path)).toEqual(["lib/aarch64-linux-gnu/libone.so.1", "usr/lib64/libtwo.so"]);
    expect(programFiles(path, system())).toMatchObject({ value: { machine: "arm64" } });
  });

  it("reads both forms of the cache, and of it what is of the program's machine", () => {
    const entries: readonly CacheEntry[] = [
      { flags: 0x303, name: "libone.so.1", value: at("opt/x64/libone.so.1") },
      { flags: 0xa03, name: "libone.so.1", value: at("opt/arm64/libone.so.1") },
      { flags: 0x803, name: "libone.so.1", value: at("opt/x32/libone.so.1") },
      { flags: 0x303, name: "libone.so.10", value: at("opt/x64/libone.so.10") },
      { flags: 0x303, name: "libgone.so", value: at("opt/x64/libgone.so") },
    ];
    for (const folder of ["x64", "x32"]) elf(`opt/${folder}/libone.so.1`);
    elf("opt/arm64/libone.so.1", { machine: ARM64 });
    elf("lib/libgone.so");
    for (const old of [false, true]) {
      writeCache(file("etc/ld.so.cache", ""), entries, old);
      expect(libraries(program({ needed: ["libone.so.1"] }))).toEqual(["opt/x64/libone.so.1"]);
      expect(libraries(program({ needed: ["libone.so.1"], machine: ARM64 }))).toEqual(["opt/arm64/libone.so.1"]);
      expect(libraries(program({ needed: ["libgone.so"] }))).toEqual(["lib/libgone.so"]);
    }
  });

  it("gives every library of a name that the cache has for some processor", () => {
    const values = ["opt/lib/glibc-hwcaps/x86-64-v3/libone.so.1", "opt/lib/libone.so.1"];
    for (const value of values) elf(value);
    elf("lib/libone.so.1");
    const entries = values.map((value) => ({ flags: 0x303, name: "libone.so.1", value: at(value) }));
    writeCache(file("etc/ld.so.cache", ""), entries, false);
    expect(libraries(program({ needed: ["libone.so.1"] }))).toEqual(values);
  });

  it("looks where LD_LIBRARY_PATH says after DT_RPATH and before DT_RUNPATH", () => {
    for (const folder of ["a", "b", "lib"]) elf(`${folder}/libone.so`);
    const run = (parts: ElfParts, ...libraryPath: readonly string[]) =>
      libraries(program({ needed: ["libone.so"], ...parts }), libraryPath.map(at));
    expect(run({ rpath: at("a") }, "b")).toEqual(["a/libone.so"]);
    expect(run({ runpath: at("a") }, "b")).toEqual(["b/libone.so"]);
    expect(run({ runpath: at("a") })).toEqual(["a/libone.so"]);
    expect(run({ runpath: `:relative:${at("none")}` })).toEqual(["lib/libone.so"]);
  });

  it("takes a program to be where it is without symlinks, as the kernel does", () => {
    elf("opt/bin/libone.so");
    const path = program({ needed: ["libone.so"], runpath: "$ORIGIN" }, "opt/bin/program");
    mkdirSync(at("bin"));
    symlinkSync(path, at("bin/program"));
    elf("bin/libone.so");
    expect(libraries(at("bin/program"))).toEqual(["opt/bin/libone.so"]);
  });

  it("expands the words that begin with $", () => {
    elf("opt/lib/x86_64-linux-gnu/libone.so");
    elf("opt/lib64/libtwo.so");
    elf("opt/x86_64/libthree.so");
    elf("opt/bin/libfour.so");
    const needed = ["libone.so", "libtwo.so", "libthree.so", "$ORIGIN/libfour.so"];
    const runpath = `$ORIGIN/../$LIB:${at("opt")}/$\{PLATFORM}:$ORIGINAL:$NONE`;
    expect(libraries(program({ needed, runpath }, "opt/bin/program"))).toEqual([
      "opt/bin/../lib/x86_64-linux-gnu/libone.so",
      "opt/bin/../lib64/libtwo.so",
      "opt/x86_64/libthree.so",
      "opt/bin/libfour.so",
    ]);
  });

  it("opens libraries that stand in for another where they are", () => {
    elf("lib/libone.so", { auxiliary: "libfast.so", filter: "libgone.so" });
    elf("lib/libfast.so");
    expect(libraries(program({ needed: ["libone.so"] }))).toEqual(["lib/libone.so", "lib/libfast.so"]);
  });

  it("comes to an end where libraries need each other", () => {
    elf("lib/libone.so", { needed: ["libtwo.so", "libone.so"] });
    elf("lib/libtwo.so", { needed: ["libone.so", "libself.so"] });
    symlinkSync("libtwo.so", at("lib/libself.so"));
    const all = ["lib/libone.so", "lib/libtwo.so", "lib/libself.so"];
    expect(libraries(program({ needed: ["libone.so"] }))).toEqual(all);
  });

  it("knows musl's loader, which is libc itself and looks into a list of folders", () => {
    elf("lib/ld-musl-x86_64.so.1", { soname: "libc.so" });
    elf("opt/libone.so", { needed: ["libtwo.so"], rpath: "$ORIGIN/deep" });
    elf("opt/deep/libtwo.so", { needed: ["libthree.so"], runpath: `${at("none")}:$LIB` });
    elf("opt/libthree.so", { soname: "libfour.so", needed: ["libfour.so"] });
    elf("opt/libfour.so");
    const needed = ["libone.so", "libc.musl-x86_64.so.1", "libpthread.so.0"];
    const path = elf("bin/program", { interpreter: at("lib/ld-musl-x86_64.so.1"), needed });
    file("etc/ld-musl-x86_64.path", `/none\n${at("opt")}\n`);
    const names = ["opt/libone.so", "opt/deep/libtwo.so", "opt/libthree.so", "opt/libfour.so"];
    expect(programFiles(path, system())).toEqual({
      ok: true,
      value: {
        kind: "program",
        machine: "x64",
        file: opened("bin/program"),
        interpreter: opened("lib/ld-musl-x86_64.so.1"),
        libraries: names.map((name) => opened(name)),
        cache: opened("etc/ld-musl-x86_64.path"),
      },
    });
    rmSync(at("etc/ld-musl-x86_64.path"));
    expect(libraries(path)).toBe("library-missing");
    for (const name of names) elf(`usr/local/lib/${name.replace(/.*\//, "")}`);
    expect(libraries(path)).toEqual(["usr/local/lib/libone.so"]);
    elf("opt/listed/libone.so");
    elf("bin/program", { interpreter: at("lib/ld-musl-x86_64.so.1"), needed, runpath: `${at("opt/listed")}:$LIB` });
    expect(libraries(path)).toEqual(["usr/local/lib/libone.so"]);
  });

  it("gives the interpreter of a script as the kernel reads it", () => {
    const script = (text: string) => programFiles(file("script", text), system());
    const read = (interpreter: string, argument?: string) => ({
      ok: true,
      value: { kind: "script", file: opened("script"), interpreter, argument },
    });
    expect(script("#!/bin/sh\necho\n")).toEqual(read("/bin/sh"));
    expect(script("#!/bin/sh")).toEqual(read("/bin/sh"));
    expect(script("#! \t/usr/bin/env  python3 -I \t\nx")).toEqual(read("/usr/bin/env", "python3 -I"));
    expect(script("#!/opt/naïve/sh -e\n")).toEqual(read("/opt/naïve/sh", "-e"));
    expect(script(`#!/${"a".repeat(252)}\n`)).toEqual(read(`/${"a".repeat(252)}`));
    const codes = ["#!\n", "#!sh\n", "#! \n/bin/sh\n", `#!/${"a".repeat(300)}\n`].map((text) => script(text));
    expect(codes).toEqual(Array(4).fill({ ok: false, error: expect.objectContaining({ code: "program-damaged" }) }));
  });
});

describe("programFiles says why it cannot tell:", () => {
  it("there is no file that can be read", () => {
    mkdirSync(at("folder"));
    symlinkSync("loop", at("loop"));
    execFileSync("mkfifo", [at("fifo")]);
    for (const name of ["none", "folder", "loop", "fifo", "folder/none"])
      expect(error(at(name))).toEqual({
        code: "program-unreadable",
        message: `\`/${name}\` is not a file that can be read`,
        hint: "install the program, or name another path",
      });
    expect(error(elf("program", { interpreter: at("none") }))).toMatchObject({
      message: "`/none` is not a file that can be read",
    });
  });

  it("the program is of another kind of machine", () => {
    const bytes = elfBytes({ machine: X64 });
    const narrow = Buffer.from(bytes);
    narrow[4] = 1;
    const big = Buffer.from(bytes);
    big[5] = 2;
    for (const content of [narrow, big, elfBytes({ machine: 40 })])
      expect(error(file("program", content))).toEqual({
        code: "program-foreign",
        message: "`/program` is not a 64-bit program of x86-64 or aarch64",
        hint: "install the package of the machine's own architecture",
      });
    program({});
    expect(error(elf("program", { machine: ARM64, interpreter: at(LOADER) }))).toMatchObject({
      code: "program-foreign",
      message: `\`/${LOADER}\` is not a 64-bit program of x86-64 or aarch64`,
    });
  });

  it("a library is missing", () => {
    elf("lib/libone.so", { needed: ["libgone.so.1"] });
    expect(error(program({ needed: ["libone.so"] }))).toEqual({
      code: "library-missing",
      message: "`/lib/libone.so` needs `libgone.so.1`, which is in none of the folders that libraries are loaded from",
      hint: "install the package that has the library, then run `ldconfig`",
    });
    elf("lib/libgone.so.1", { machine: ARM64 });
    expect(error(program({ needed: ["libone.so"] }))).toMatchObject({ code: "library-missing" });
    expect(error(program({ needed: ["relative/libone.so"] }))).toMatchObject({ code: "library-missing" });
  });

  it("a file is not what it should be", () => {
    const what = (content: string | Uint8Array) => error(file("program", content));
    const damaged = (words: string, path = "/program") => ({
      code: "program-damaged",
      message: `\`${path}\` cannot be loaded: ${words}`,
      hint: "install the package that it is from again",
    });
    const bytes = elfBytes({ machine: X64, interpreter: at(LOADER), needed: ["libone.so"] });
    const changed = (offset: number, ...values: readonly number[]) => {
      const copy = Buffer.from(bytes);
      copy.set(values, offset);
      return copy;
    };
    expect(what("")).toEqual(damaged("it is neither an ELF file nor a script"));
    expect(what("text")).toEqual(damaged("it is neither an ELF file nor a script"));
    expect(what(bytes.subarray(0, 63))).toEqual(damaged("its header is not whole"));
    expect(what(bytes.subarray(0, 200))).toEqual(damaged("its segments are not in it"));
    expect(what(changed(16, 1))).toEqual(damaged("it is neither a program nor a library"));
    expect(what(changed(54, 57))).toEqual(damaged("it has no segments"));
    expect(what(changed(56, 0, 0))).toEqual(damaged("it has no segments"));
    expect(what(changed(56, 255, 255))).toEqual(damaged("it has no segments"));
    expect(what(changed(56, 100, 4))).toEqual(damaged("its segments are not in it"));
    expect(what(changed(32, 255, 255, 255, 255, 255, 255, 255, 255))).toEqual(damaged("its segments are not in it"));
    expect(what(elfBytes({ interpreter: "relative" }))).toEqual(damaged("its interpreter has no name"));
    expect(what(elfBytes({ interpreter: `/${"a".repeat(4096)}` }))).toEqual(damaged("its interpreter has no name"));
    expect(what(bytes.subarray(0, -60))).toEqual(damaged("its interpreter has no name"));
    const library = elfBytes({ needed: ["libone.so"] });
    expect(what(library.subarray(0, -4))).toEqual(damaged("its dynamic section is not readable"));
    const large = Buffer.concat([library, Buffer.alloc(2 << 20)]);
    large.writeBigUInt64LE(2n << 20n, PROGRAM_HEADERS + 56 + 32); // the size of the second, the dynamic section
    expect(what(large)).toEqual(damaged("its dynamic section is not readable"));
    const many = elfBytes({ needed: Array(1025).fill("libone.so") });
    expect(what(many)).toEqual(damaged("its dynamic section is not readable"));
    program({});
    file("lib/libone.so", "#!/bin/sh\n");
    expect(what(bytes)).toEqual(damaged("it is a script and no library", "/lib/libone.so"));
    file("lib/libone.so", "INPUT(x)");
    expect(what(bytes)).toEqual(damaged("it is neither an ELF file nor a script", "/lib/libone.so"));
    file(LOADER, "x");
    expect(what(bytes)).toEqual(damaged("it is no loader of programs", `/${LOADER}`));
  });

  it("it needs more than any program does", () => {
    const names = (group: number) => Array.from({ length: 600 }, (_, index) => `lib${group}-${index}.so`);
    const [first = "", ...others] = [...names(0), ...names(1)];
    elf("lib/libany.so");
    elf(`lib/${first}`, { needed: names(1) });
    for (const name of others) linkSync(at("lib/libany.so"), at(`lib/${name}`));
    expect(error(program({ needed: names(0) }))).toMatchObject({ code: "program-damaged" });
  });
});
