import { execFileSync } from "node:child_process";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inFolder, type Lookup, lookIn, openFileIn, type WalkOptions } from "../../src/executor/open-in.js";
import { ok, type Result } from "../../src/language/result.js";
import { roundsUntil, swapInALoop } from "./swap-in-a-loop.js";

let root: string;
let outside: string;

beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  [root, outside] = [join(folder, "workspace"), join(folder, "outside")];
  mkdirSync(join(root, "a", "b"), { recursive: true });
  mkdirSync(join(outside, "b"), { recursive: true });
  writeFileSync(join(root, "a", "b", "file"), "inside");
  writeFileSync(join(outside, "b", "file"), "outside");
});

afterEach(() => rmSync(join(root, ".."), { recursive: true }));

/** The file's content, or the code of the reason why there is none. */
const contentOf = async (path: string, options: WalkOptions = {}): Promise<string> => {
  const names = path.split("/");
  const read = await inFolder(
    root,
    names.slice(0, -1),
    async (folder): Promise<Result<string, { code: string; message: string; hint: string }>> => {
      const opened = await openFileIn(folder, names.at(-1) ?? "");
      if (!opened.ok) return opened;
      const text = await opened.value.handle.readFile("utf8");
      await opened.value.handle.close();
      return ok(text);
    },
    options,
  );
  return read.ok ? read.value : read.error.code;
};

const openDescriptors = (): number => readdirSync("/proc/self/fd").length;

describe.each<Lookup>(["descriptors", "paths"])("inFolder, looking up by %s", (lookup) => {
  it("opens what is there and nothing that a link leads to", async () => {
    symlinkSync("/etc", join(root, "way"));
    symlinkSync(join(outside, "b"), join(root, "a", "link"));
    symlinkSync("file", join(root, "a", "b", "same"));
    const found = ["a/b/file", "way/passwd", "a/link/file", "a/b/same", "a/b/gone", "gone/file", "a/b/file/x", "a/b"];
    expect(await Promise.all(found.map((path) => contentOf(path, { lookup })))).toEqual([
      "inside",
      "file-outside",
      "file-outside",
      "file-outside",
      "file-missing",
      "file-missing",
      "file-not-regular",
      "file-not-regular",
    ]);
  });

  it("opens no FIFO, socket, device or file of two names, and waits for none of them", async () => {
    execFileSync("/usr/bin/mkfifo", [join(root, "pipe")]);
    linkSync(join(outside, "b", "file"), join(root, "twice"));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, "socket"), resolve));
    const codes = await Promise.all(["pipe", "twice", "socket"].map((path) => contentOf(path, { lookup })));
    expect(codes).toEqual(Array(3).fill("file-not-regular"));
    await new Promise((resolve) => server.close(resolve));
  });

  it("makes missing folders, for their owner alone, and none through a link", async () => {
    symlinkSync(outside, join(root, "way"));
    const made = (names: string[]) => inFolder(root, names, async () => ok("made"), { make: true, lookup });
    expect(await made(["a", "new", "deep"])).toEqual(ok("made"));
    expect(statSync(join(root, "a", "new", "deep")).mode & 0o777).toBe(0o700);
    expect(await made(["way", "new"])).toMatchObject({ ok: false, error: { code: "file-outside" } });
    expect(await made(["a", "b", "file", "new"])).toMatchObject({ ok: false, error: { code: "file-not-regular" } });
    expect(readdirSync(outside)).toEqual(["b"]);
  });

  it("leaves no descriptor open, whatever is found", async () => {
    symlinkSync("/etc", join(root, "way"));
    await contentOf("a/b/file", { lookup });
    const before = openDescriptors();
    for (const path of ["a/b/file", "way/passwd", "a/b/gone", "gone/file", "a/b/file/x", "a/b"])
      for (let count = 0; count < 20; count += 1) await contentOf(path, { lookup });
    await expect(inFolder(root, ["a"], () => Promise.reject(new Error("ours")), { lookup })).rejects.toThrow("ours");
    expect(openDescriptors()).toBe(before);
  });
});

describe("inFolder", () => {
  it("stays in the folder that it opened, when a link takes its place", async () => {
    const text = await inFolder(root, ["a", "b"], async (folder) => {
      renameSync(join(root, "a"), join(root, "moved"));
      symlinkSync(outside, join(root, "a"));
      const opened = await openFileIn(folder, "file");
      if (!opened.ok) return opened;
      const content = await opened.value.handle.readFile("utf8");
      await opened.value.handle.close();
      return ok(content);
    });
    expect(readFileSync(join(root, "a", "b", "file"), "utf8")).toBe("outside");
    expect(text).toEqual(ok("inside"));
  });

  it("sees by paths that a link has taken the place", async () => {
    const opened = await inFolder(
      root,
      ["a", "b"],
      async (folder) => {
        renameSync(join(root, "a"), join(root, "moved"));
        symlinkSync(outside, join(root, "a"));
        return openFileIn(folder, "file");
      },
      { lookup: "paths" },
    );
    expect(opened).toMatchObject({ ok: false, error: { code: "file-outside" } });
  });

  it("never reads outside, however fast a file and a link to another one change places", async () => {
    const swapper = await swapInALoop("file", join(root, "a", "b", "file"), join(outside, "b", "file"));
    const wanted = ["inside", "file-outside"];
    const seen = await roundsUntil(1000, wanted, async () => [(await contentOf("a/b/file")).replace(/ \d+$/, "")]);
    await swapper.stop();
    expect([...seen].sort()).toEqual(["file-outside", "inside"]);
  });

  it("never reads outside, however fast a folder and a link to another one change places", async () => {
    const swapper = await swapInALoop("folder", join(root, "a"), outside);
    const seen = await roundsUntil(2000, ["inside", "file-outside"], async () => [await contentOf("a/b/file")]);
    await swapper.stop();
    expect([...seen].filter((each) => each !== "file-missing").sort()).toEqual(["file-outside", "inside"]);
  });

  it("looks at a link itself", async () => {
    symlinkSync("/etc/passwd", join(root, "link"));
    const found = await inFolder(root, [], (folder) => lookIn(folder, "link"));
    expect(found.ok && found.value.isSymbolicLink()).toBe(true);
  });
});
