import { execFileSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OutputFile, prepareOutputs } from "../../src/executor/prepare-outputs.js";
import { removeTaken } from "../../src/executor/remove-taken.js";
import { createSnapshot, type Snapshot } from "../../src/executor/snapshot.js";
import { takeOutputs } from "../../src/executor/take-outputs.js";
import { ok } from "../../src/language/result.js";
import { roundsUntil, swapInALoop } from "./swap-in-a-loop.js";

let workspace: string;
let parent: string;
let outside: string;
let snapshot: Snapshot;

beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  [workspace, parent, outside] = [join(folder, "workspace"), join(folder, "private"), join(folder, "outside")];
  for (const each of [workspace, parent, outside]) mkdirSync(each);
  writeFileSync(join(outside, "kept"), "outside");
  for (const name of ["notes.txt", "site/a.html"]) put(workspace, name, `content of ${name}`);
  snapshot = createSnapshot({ workspace, parent });
});

afterEach(() => rmSync(join(workspace, ".."), { recursive: true }));

function put(directory: string, name: string, content: string): void {
  mkdirSync(join(directory, name, ".."), { recursive: true });
  writeFileSync(join(directory, name), content);
}

/** What the CLI would do in the run directory. */
const write = (name: string, content = `new ${name}`): void => put(snapshot.directory(), name, content);
const at = (name: string): string => join(workspace, name);
const read = (name: string): string => readFileSync(at(name), "utf8");
const outputs = (how: OutputFile["how"], ...names: string[]): OutputFile[] =>
  names.map((name) => ({ path: at(name), how }));
const prepare = (how: OutputFile["how"], ...names: string[]) => prepareOutputs(snapshot, outputs(how, ...names));
const take = (how: OutputFile["how"], ...names: string[]) => takeOutputs(snapshot, outputs(how, ...names));
const descriptors = (): number => readdirSync("/proc/self/fd").length;

describe("prepareOutputs", () => {
  it("makes the folders of outputs in the run directory and nothing in the workspace", async () => {
    expect(await prepare("write", "new.txt", "notes.txt", "site/new.html", "deep/er/new.txt")).toEqual(ok(undefined));
    expect(await prepare("folder", "site", "fresh/folder", ".")).toEqual(ok(undefined));
    expect(readdirSync(snapshot.directory(), { recursive: true, encoding: "utf8" }).sort()).toEqual([
      "deep",
      "deep/er",
      "fresh",
      "fresh/folder",
      "site",
    ]);
    expect(statSync(join(snapshot.directory(), "deep/er")).mode & 0o7777).toBe(0o700);
    expect(readdirSync(workspace).sort()).toEqual(["notes.txt", "site"]);
  });

  it("lets a file be written that is read as well", async () => {
    await snapshot.add([{ path: at("notes.txt"), how: "text" }]);
    await prepare("write", "notes.txt");
    expect(statSync(join(snapshot.directory(), "notes.txt")).mode & 0o7777).toBe(0o600);
  });

  it("refuses links, special files, folders for files, files for folders and what is outside", async () => {
    symlinkSync(outside, at("way"));
    symlinkSync("notes.txt", at("link"));
    symlinkSync("gone", at("dangling"));
    execFileSync("/usr/bin/mkfifo", [at("pipe")]);
    const cases: [OutputFile["how"], string, string][] = [
      ["write", "way/new", "file-outside"],
      ["write", "way/new/deep", "file-outside"],
      ["write", "link", "file-outside"],
      ["write", "dangling", "file-outside"],
      ["write", "way", "file-outside"],
      ["write", "pipe", "file-not-regular"],
      ["write", "site", "file-not-regular"],
      ["write", "notes.txt/new", "file-not-regular"],
      ["write", ".", "file-not-regular"],
      ["write", ".hidden", "file-not-regular"],
      ["folder", "way", "file-outside"],
      ["folder", "way/new", "file-outside"],
      ["folder", "dangling", "file-outside"],
      ["folder", "notes.txt", "file-not-regular"],
      ["folder", "notes.txt/new", "file-not-regular"],
      ["folder", "pipe", "file-not-regular"],
    ];
    for (const [how, name, code] of cases)
      expect([how, name, await prepare(how, name)]).toMatchObject([how, name, { ok: false, error: { code } }]);
    const climbing = { path: `${workspace}/../outside/new`, how: "write" } as const;
    expect(await prepareOutputs(snapshot, [climbing])).toMatchObject({ error: { code: "file-outside" } });
    expect(readdirSync(outside)).toEqual(["kept"]);
  });

  it("refuses an output below a file that the stage reads", async () => {
    await snapshot.add([{ path: at("notes.txt"), how: "bytes" }]);
    unlinkSync(at("notes.txt"));
    expect(await prepare("folder", "notes.txt")).toMatchObject({ error: { code: "file-not-regular" } });
    expect(await prepare("write", "notes.txt/x")).toMatchObject({ ok: false });
  });
});

describe("takeOutputs", () => {
  it("brings nothing into the folder of kept results, however its name is spelled", async () => {
    put(workspace, "@result/kept", "kept");
    for (const name of ["@result/kept", "@Result/new", "@re\u017fult", "a/@result/b"]) write(name);
    const message = "lies where the server keeps results, and nothing comes in there";
    expect(await take("folder", ".")).toEqual({
      written: ["a/@result/b"],
      leftOut: expect.arrayContaining(
        ["@result", "@Result", "@re\u017fult"].map((path) => ({ path, reason: `\`${path}\` ${message}` })),
      ),
    });
    for (const [how, name] of [
      ["write", "@result/kept"],
      ["folder", "@result"],
    ] as const)
      expect(await take(how, name)).toEqual({
        written: [],
        leftOut: [{ path: name, reason: `\`${name}\` ${message}` }],
      });
    expect([read("@result/kept"), readdirSync(at("@result")), existsSync(at("@Result"))]).toEqual([
      "kept",
      ["kept"],
      false,
    ]);
  });

  it("moves what was written to its name, for its owner alone, with its time, and nothing else", async () => {
    await prepare("write", "new.txt", "notes.txt", "deep/er/x", "never");
    for (const name of ["new.txt", "notes.txt", "deep/er/x", "other"]) write(name);
    utimesSync(join(snapshot.directory(), "new.txt"), 5, 1_100_000_000.25);
    expect(await take("write", "new.txt", "notes.txt", "deep/er/x", "never")).toEqual({
      written: ["new.txt", "notes.txt", "deep/er/x"],
      leftOut: [],
    });
    expect([read("new.txt"), read("notes.txt"), read("deep/er/x")]).toEqual([
      "new new.txt",
      "new notes.txt",
      "new deep/er/x",
    ]);
    expect(existsSync(at("other"))).toBe(false);
    const { mode, mtimeMs } = statSync(at("new.txt"));
    expect([mode & 0o7777, mtimeMs, statSync(at("deep/er")).mode & 0o7777]).toEqual([0o600, 1_100_000_000_250, 0o700]);
    expect(existsSync(join(snapshot.directory(), "new.txt"))).toBe(false);
  });

  it("replaces a link that was planted at the name, and does not follow it", async () => {
    symlinkSync(join(outside, "kept"), at("planted"));
    write("planted");
    expect(await take("write", "planted")).toEqual({ written: ["planted"], leftOut: [] });
    expect([lstatSync(at("planted")).isFile(), read("planted")]).toEqual([true, "new planted"]);
    expect(readFileSync(join(outside, "kept"), "utf8")).toBe("outside");
  });

  it("comes through no link that was planted on the way", async () => {
    symlinkSync(outside, at("way"));
    for (const name of ["way/kept", "way/deep/x"]) write(name);
    const leftOut = ["way/kept", "way/deep/x"].map((path) => ({
      path,
      reason: "`way` leads out of the workspace",
    }));
    expect(await take("write", "way/kept", "way/deep/x")).toEqual({ written: [], leftOut });
    expect(await take("folder", "way")).toEqual({ written: [], leftOut });
    expect([readdirSync(outside), readFileSync(join(outside, "kept"), "utf8")]).toEqual([["kept"], "outside"]);
  });

  it("never writes outside, however fast the folder changes places with a link", async () => {
    const swapper = await swapInALoop("folder", at("site"), outside);
    const wanted = ["written", "`site` leads out of the workspace"];
    const seen = await roundsUntil(500, wanted, async () => {
      write("site/kept");
      const { written, leftOut } = await take("write", "site/kept");
      return [...written.map(() => "written"), ...leftOut.map(({ reason }) => reason)];
    });
    await swapper.stop();
    expect([readdirSync(outside), readFileSync(join(outside, "kept"), "utf8")]).toEqual([["kept"], "outside"]);
    for (const each of wanted) expect(seen).toContain(each);
  });

  it("leaves out what is not a regular file", async () => {
    symlinkSync("/etc/passwd", join(snapshot.directory(), "link"));
    execFileSync("/usr/bin/mkfifo", [join(snapshot.directory(), "pipe")]);
    linkSync(join(outside, "kept"), join(snapshot.directory(), "twice"));
    mkdirSync(join(snapshot.directory(), "folder"));
    const taken = await take("write", "link", "pipe", "twice", "folder");
    expect(taken.written).toEqual([]);
    expect(taken.leftOut).toEqual([
      { path: "link", reason: "`link` is not a regular file" },
      { path: "pipe", reason: "`pipe` is not a regular file" },
      { path: "twice", reason: "`twice` is a file with several names" },
      { path: "folder", reason: "`folder` is not a regular file" },
    ]);
    expect(readdirSync(workspace).sort()).toEqual(["notes.txt", "site"]);
  });

  it("merges a folder into what is there, and reports what cannot come", async () => {
    put(workspace, "down/old.txt", "old");
    put(workspace, "down/same.txt", "old");
    put(workspace, "down/folder/inner", "old");
    put(workspace, "down/file", "old");
    for (const name of ["same.txt", "new.txt", "deep/er/new.txt", "folder", "file/inner", ".hidden", "deep/.git/x"])
      write(`down/${name}`);
    symlinkSync("/etc", join(snapshot.directory(), "down/link"));
    const { written, leftOut } = await take("folder", "down");
    expect([...written].sort()).toEqual(["down/deep/er/new.txt", "down/new.txt", "down/same.txt"]);
    const named = (one: { path: string }, other: { path: string }) => (one.path < other.path ? -1 : 1);
    expect([...leftOut].sort(named)).toEqual([
      {
        path: "down/.hidden",
        reason: "`down/.hidden` begins with a dot, and such names do not come into the workspace",
      },
      {
        path: "down/deep/.git",
        reason: "`down/deep/.git` begins with a dot, and such names do not come into the workspace",
      },
      { path: "down/file/inner", reason: "`down/file` is not a folder" },
      { path: "down/folder", reason: "`down/folder` is not a regular file" },
      { path: "down/link", reason: "`down/link` is not a regular file" },
    ]);
    expect([read("down/old.txt"), read("down/same.txt"), read("down/folder/inner"), read("down/file")]).toEqual([
      "old",
      "new down/same.txt",
      "old",
      "old",
    ]);
    expect(existsSync(at("down/.hidden"))).toBe(false);
  });

  it("takes the workspace itself as a folder, without the inputs that nobody changed", async () => {
    await snapshot.add([
      { path: at("notes.txt"), how: "text" },
      { path: at("site"), how: "folder" },
    ]);
    await prepare("folder", ".");
    writeFileSync(at("notes.txt"), "written meanwhile");
    write("new.txt");
    unlinkSync(join(snapshot.directory(), "site/a.html"));
    write("site/a.html");
    expect(await take("folder", ".")).toEqual({ written: ["new.txt", "site/a.html"], leftOut: [] });
    expect([read("notes.txt"), read("site/a.html")]).toEqual(["written meanwhile", "new site/a.html"]);
  });

  it("takes an input that is an output too only when it was written to", async () => {
    await snapshot.add([{ path: at("notes.txt"), how: "bytes" }]);
    await prepare("write", "notes.txt");
    expect(await take("write", "notes.txt")).toEqual({ written: [], leftOut: [] });
    write("notes.txt");
    expect(await take("write", "notes.txt")).toEqual({ written: ["notes.txt"], leftOut: [] });
    expect(read("notes.txt")).toBe("new notes.txt");
  });

  it("misses nothing where the run made nothing", async () => {
    await prepare("write", "deep/new.txt");
    expect(await take("write", "deep/new.txt", "gone/x")).toEqual({ written: [], leftOut: [] });
    expect(await take("folder", "gone", "site")).toEqual({ written: [], leftOut: [] });
    expect(existsSync(at("deep"))).toBe(false);
  });

  it("leaves no descriptor open", async () => {
    symlinkSync(outside, at("way"));
    await take("folder", ".");
    const before = descriptors();
    for (let count = 0; count < 20; count += 1) {
      for (const name of ["down/a", "down/b/c", "way/x", "site", "new"]) write(name);
      await take("folder", "down", "way");
      await take("write", "site", "new");
    }
    expect(descriptors()).toBe(before);
  });
});

describe("takeOutputs onto another file system", () => {
  let far: string | undefined;

  beforeEach(() => {
    far = existsSync("/dev/shm") ? mkdtempSync("/dev/shm/awspipe-test-") : undefined;
    if (far === undefined || statSync(far).dev === statSync(parent).dev) return;
    workspace = far;
    snapshot = createSnapshot({ workspace, parent });
  });

  afterEach(() => {
    if (far === undefined) return;
    rmSync(far, { recursive: true });
    workspace = join(parent, "..", "workspace");
  });

  it("copies under a name of its own and replaces what is there at once, also a link", async ({ skip }) => {
    if (workspace !== far) skip("there is only one file system");
    symlinkSync(join(outside, "kept"), at("planted"));
    const large = "0123456789".repeat(300_000);
    write("planted", large);
    write("down/a");
    utimesSync(join(snapshot.directory(), "down/a"), 5, 1_100_000_000.25);
    const before = descriptors();
    expect(await take("write", "planted")).toEqual({ written: ["planted"], leftOut: [] });
    expect(await take("folder", "down")).toEqual({ written: ["down/a"], leftOut: [] });
    expect(descriptors()).toBe(before);
    expect([lstatSync(at("planted")).isFile(), read("planted") === large, read("down/a")]).toEqual([
      true,
      true,
      "new down/a",
    ]);
    const { mode, mtimeMs } = statSync(at("down/a"));
    expect([mode & 0o7777, mtimeMs]).toEqual([0o600, 1_100_000_000_250]);
    expect(readFileSync(join(outside, "kept"), "utf8")).toBe("outside");
    expect(readdirSync(workspace).sort()).toEqual(["down", "planted"]);
    expect(readdirSync(snapshot.directory(), { recursive: true })).toEqual(["down"]);
  });

  it("leaves nothing of a copy that cannot get its name", async ({ skip }) => {
    if (workspace !== far) skip("there is only one file system");
    mkdirSync(at("taken"));
    write("taken");
    expect((await take("write", "taken")).leftOut).toEqual([
      { path: "taken", reason: "`taken` is not a regular file" },
    ]);
    expect(readdirSync(workspace)).toEqual(["taken"]);
  });
});

describe("removeTaken", () => {
  const removed = (...names: string[]) => removeTaken(snapshot, names.map(at));

  it("removes the originals of copies that are gone, and no others", async () => {
    put(workspace, "site/b.html", "b");
    await snapshot.add([
      { path: at("site"), how: "folder" },
      { path: at("notes.txt"), how: "bytes" },
    ]);
    for (const name of ["site/a.html", "notes.txt"]) unlinkSync(join(snapshot.directory(), name));
    expect(await removed("site")).toEqual({ removed: ["site/a.html"], leftOut: [] });
    expect([existsSync(at("site/a.html")), existsSync(at("site/b.html")), existsSync(at("notes.txt"))]).toEqual([
      false,
      true,
      true,
    ]);
    expect(await removed("notes.txt", "gone", "/etc/passwd")).toEqual({ removed: ["notes.txt"], leftOut: [] });
    expect(await removed("notes.txt")).toEqual({ removed: [], leftOut: [] });
  });

  it("removes neither what took a file's place nor what was written since, and follows no link", async () => {
    for (const name of ["replaced", "linked", "written", "moved/x", "way/kept"]) put(workspace, name, "sent");
    const names = ["replaced", "linked", "written", "moved/x", "way/kept"];
    utimesSync(at("replaced"), 5, 1_100_000_000);
    await snapshot.add(names.map((name) => ({ path: at(name), how: "bytes" })));
    for (const name of names) unlinkSync(join(snapshot.directory(), name));
    put(workspace, "other", "evil");
    utimesSync(at("other"), 5, 1_100_000_000);
    renameSync(at("other"), at("replaced"));
    unlinkSync(at("linked"));
    symlinkSync(join(outside, "kept"), at("linked"));
    writeFileSync(at("written"), "more");
    renameSync(at("way"), at("way-away"));
    symlinkSync(outside, at("way"));
    const left = await removed(...names);
    expect(left.removed).toEqual(["moved/x"]);
    expect(left.leftOut).toEqual([
      { path: "replaced", reason: "`replaced` has changed since it was copied" },
      { path: "linked", reason: "`linked` has changed since it was copied" },
      { path: "written", reason: "`written` has changed since it was copied" },
      { path: "way/kept", reason: "`way` leads out of the workspace" },
    ]);
    expect([readFileSync(join(outside, "kept"), "utf8"), existsSync(at("linked"))]).toEqual(["outside", true]);
  });

  it("takes the workspace itself for all of it", async () => {
    await snapshot.add([{ path: workspace, how: "folder" }]);
    rmSync(join(snapshot.directory(), "site"), { recursive: true });
    expect(await removed(".")).toEqual({ removed: ["site/a.html"], leftOut: [] });
    expect(existsSync(at("site"))).toBe(true);
  });
});
