import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InputLimits, NeededFile } from "../../src/executor/copy-needed.js";
import { createSnapshot, type Snapshot } from "../../src/executor/snapshot.js";
import { ok } from "../../src/language/result.js";
import { smallFileSystem } from "./small-file-system.js";
import { roundsUntil, swapInALoop } from "./swap-in-a-loop.js";

let workspace: string;
let parent: string;
let outside: string;
let snapshot: Snapshot;

beforeEach(() => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  [workspace, parent, outside] = [join(folder, "workspace"), join(folder, "private"), join(folder, "outside")];
  for (const each of [workspace, parent, outside]) mkdirSync(each);
  for (const name of ["item.json", "site/a.html", "site/css/b.css"]) write(name, `content of ${name}`);
  writeFileSync(join(outside, "secret"), "outside");
  snapshot = createSnapshot({ workspace, parent });
});

afterEach(() => rmSync(join(workspace, ".."), { recursive: true }));

function write(name: string, content: string | Buffer): void {
  mkdirSync(join(workspace, name, ".."), { recursive: true });
  writeFileSync(join(workspace, name), content);
}

const at = (name: string): string => join(workspace, name);
const needed = (how: NeededFile["how"], ...names: string[]) => names.map((name) => ({ path: at(name), how }));
const copyOf = (name: string): string => readFileSync(join(snapshot.directory(), name), "utf8");
const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");
const filesIn = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();

/** The code with which a snapshot of its own refuses the file. */
const refused = async (how: NeededFile["how"], name: string, limits?: InputLimits): Promise<string> => {
  const own = createSnapshot({ workspace, parent, ...(limits === undefined ? {} : { limits }) });
  const added = await own.add([{ path: name.startsWith("/") ? name : at(name), how }]);
  await own.remove();
  return added.ok ? "taken" : added.error.code;
};

const SMALL: InputLimits = { text: 10, file: 20, folder: { entries: 4, depth: 2, bytes: 30 } };

describe("createSnapshot", () => {
  it("makes its directory with the first file, for its owner alone", async () => {
    expect(readdirSync(parent)).toEqual([]);
    await snapshot.add([]);
    expect(readdirSync(parent)).toEqual([]);
    await snapshot.add(needed("text", "item.json"));
    expect(readdirSync(parent).map((name) => join(parent, name))).toEqual([snapshot.directory()]);
    expect(statSync(snapshot.directory()).mode & 0o7777).toBe(0o700);
  });

  it("makes its directory when it is asked for", () => {
    expect(snapshot.directory()).toBe(snapshot.directory());
    expect(readdirSync(parent)).toHaveLength(1);
  });
});

describe("add", () => {
  it("copies files under their names, with their times, to be read by their owner alone", async () => {
    utimesSync(at("site/css/b.css"), 1_000_000_000.5, 1_100_000_000.25);
    expect(await snapshot.add([...needed("text", "item.json"), ...needed("bytes", "site/css/b.css")])).toEqual(
      ok(undefined),
    );
    expect(filesIn(snapshot.directory())).toEqual(["item.json", "site", "site/css", "site/css/b.css"]);
    expect(copyOf("site/css/b.css")).toBe("content of site/css/b.css");
    const { mode, atimeMs, mtimeMs } = statSync(join(snapshot.directory(), "site/css/b.css"));
    expect([mode & 0o7777, mtimeMs]).toEqual([0o400, 1_100_000_000_250]);
    expect(atimeMs).toBeGreaterThan(0);
    expect(statSync(join(snapshot.directory(), "site/css")).mode & 0o7777).toBe(0o700);
    expect([snapshot.text(at("item.json")), snapshot.text(at("site/css/b.css"))]).toEqual([
      "content of item.json",
      undefined,
    ]);
    expect(snapshot.digest(at("item.json"))).toEqual({ sha256: sha256("content of item.json"), bytes: 20 });
    expect(snapshot.digest(at("site"))).toBeUndefined();
    expect(snapshot.digest("/etc/passwd")).toBeUndefined();
  });

  it("reads each file once: the first reading counts, whatever it is wanted for", async () => {
    await snapshot.add(needed("bytes", "item.json", "item.json"));
    write("item.json", "changed");
    expect(await snapshot.add([...needed("text", "item.json"), ...needed("folder", "item.json")])).toEqual(
      ok(undefined),
    );
    expect([snapshot.text(at("item.json")), copyOf("item.json")]).toEqual(Array(2).fill("content of item.json"));
    rmSync(at("item.json"));
    expect(await snapshot.add(needed("text", "item.json"))).toEqual(ok(undefined));
  });

  it("takes the same file once when two ask at once", async () => {
    const both = await Promise.all([
      snapshot.add(needed("folder", "site")),
      snapshot.add(needed("bytes", "site/a.html", "item.json")),
      snapshot.add(needed("folder", ".")),
    ]);
    expect(both).toEqual(Array(3).fill(ok(undefined)));
  });

  it("takes text of exactly 1 MiB, and none of one byte more, also when it was taken as bytes before", async () => {
    write("most", Buffer.alloc(1_048_576, "x"));
    write("more", Buffer.alloc(1_048_577, "x"));
    expect([await refused("text", "most"), await refused("text", "more"), await refused("bytes", "more")]).toEqual([
      "taken",
      "file-too-large",
      "taken",
    ]);
    await snapshot.add(needed("text", "more"));
    expect(snapshot.taken.size).toBe(0);
    await snapshot.add(needed("bytes", "more"));
    expect(await snapshot.add(needed("text", "more"))).toEqual({
      ok: false,
      error: {
        code: "file-too-large",
        message: "`more` has 1048577 bytes; at most 1048576 are taken as text",
        hint: "name a smaller file",
      },
    });
    expect(snapshot.text(at("more"))).toBeUndefined();
  });

  it("takes no text that is not UTF-8, and keeps a byte order mark", async () => {
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0x61, 0xe2, 0x82]]) {
      write("odd", Buffer.from(bytes));
      expect([bytes, await refused("text", "odd"), await refused("bytes", "odd")]).toEqual([
        bytes,
        "file-not-text",
        "taken",
      ]);
    }
    write("marked", "\uFEFF{}");
    await snapshot.add(needed("text", "marked"));
    expect(snapshot.text(at("marked"))).toBe("\uFEFF{}");
  });

  it("takes no file of more than 5 GiB, and says so at once", async () => {
    write("huge", "");
    truncateSync(at("huge"), 5 * 2 ** 30 + 1);
    expect(await snapshot.add(needed("bytes", "huge"))).toMatchObject({
      ok: false,
      error: { code: "file-too-large", message: "`huge` has 5368709121 bytes; at most 5368709120 are taken" },
    });
  });

  it("takes no link, on the way or at the end, nor what is not there or no file", async () => {
    symlinkSync(outside, at("way"));
    symlinkSync("item.json", at("link"));
    symlinkSync("gone", at("dangling"));
    symlinkSync("site", at("folder-link"));
    linkSync(join(outside, "secret"), at("twice"));
    execFileSync("/usr/bin/mkfifo", [at("pipe")]);
    const names = ["way/secret", "link", "dangling", "twice", "pipe", "gone", "gone/file", "item.json/x", "site/.x"];
    const codes = await Promise.all(names.map((name) => refused("bytes", name)));
    expect(Object.fromEntries(names.map((name, index) => [name, codes[index]]))).toEqual({
      "way/secret": "file-outside",
      link: "file-outside",
      dangling: "file-outside",
      twice: "file-not-regular",
      pipe: "file-not-regular",
      gone: "file-missing",
      "gone/file": "file-missing",
      "item.json/x": "file-not-regular",
      "site/.x": "file-not-regular",
    });
    expect([await refused("folder", "folder-link"), await refused("folder", "way")]).toEqual(
      Array(2).fill("file-outside"),
    );
    expect([await refused("folder", "pipe"), await refused("text", "site"), await refused("text", ".")]).toEqual(
      Array(3).fill("file-not-regular"),
    );
    for (const path of ["/etc/passwd", `${workspace}-other/x`, `${workspace}/../outside/secret`])
      expect([path, await refused("bytes", path)]).toEqual([path, "file-outside"]);
  });

  it("names the whole path of a file in a missing folder", async () => {
    expect(await snapshot.add(needed("text", "gone/file.json"))).toMatchObject({
      error: { message: "there is no file `gone/file.json` in the workspace" },
    });
  });

  it("never holds what is outside, however fast a file or its folder changes places with a link", async () => {
    for (const [loop, target, elsewhere] of [
      ["file", at("item.json"), join(outside, "secret")],
      ["folder", at("site"), outside],
    ] as const) {
      writeFileSync(join(outside, "a.html"), "outside");
      write("item.json", "inside");
      const swapper = await swapInALoop(loop, target, elsewhere);
      const name = loop === "file" ? "item.json" : "site/a.html";
      const wanted = [loop === "file" ? "inside" : "content", "file-outside"];
      const seen = await roundsUntil(400, wanted, async () => {
        const own = createSnapshot({ workspace, parent });
        const added = await own.add(needed("text", name));
        const text = own.text(at(name)) ?? "";
        if (added.ok) expect(readFileSync(join(own.directory(), name), "utf8")).toBe(text);
        if (added.ok) expect(own.digest(at(name))).toEqual({ sha256: sha256(text), bytes: text.length });
        await own.remove();
        return [added.ok ? text.replace(/ .*/, "") : added.error.code];
      });
      await swapper.stop();
      expect([...seen].filter((each) => each !== "file-missing").sort()).toEqual([...wanted].sort());
    }
    expect(readdirSync(parent)).toEqual([]);
  });

  it("stops when the call is cancelled, also before it began", async () => {
    write("large", "");
    truncateSync(at("large"), 3 * 2 ** 30);
    const began = performance.now();
    const stopped = await snapshot.add(needed("bytes", "large"), AbortSignal.timeout(100));
    expect(performance.now() - began).toBeLessThan(1000);
    const message = "the call was cancelled while its files were copied";
    expect(stopped).toMatchObject({ ok: false, error: { code: "cancelled", message } });
    expect(await snapshot.add(needed("folder", "site"), AbortSignal.abort())).toMatchObject({
      error: { code: "cancelled" },
    });
    expect(snapshot.taken.size).toBe(0);
  });

  it("says when its directory cannot be made or is full", async ({ skip }) => {
    const nowhere = createSnapshot({ workspace, parent: join(parent, "gone") });
    expect(await nowhere.add(needed("text", "item.json"))).toMatchObject({ error: { code: "file-uncopied" } });
    await nowhere.remove();
    const small = smallFileSystem(parent) ?? skip("mounting is not allowed here");
    try {
      write("site/large", Buffer.alloc(2 ** 20));
      expect(await snapshot.add(needed("folder", "site"))).toMatchObject({ error: { code: "file-uncopied" } });
      await snapshot.remove();
      expect(readdirSync(parent)).toEqual([]);
    } finally {
      small.remove();
    }
  });
});

describe("add of a folder", () => {
  it("takes kept results where their folder is named, and not with the whole workspace", async () => {
    mkdirSync(at("@result"));
    writeFileSync(at("@result/0123"), "kept");
    expect(await snapshot.add(needed("folder", "."))).toEqual(ok(undefined));
    expect([...snapshot.taken.keys()].filter((name) => name.startsWith("@"))).toEqual([]);
    const other = createSnapshot({ workspace, parent });
    expect(await other.add(needed("folder", "@result"))).toEqual(ok(undefined));
    expect([...other.taken.keys()]).toEqual(["@result/0123"]);
    await other.remove();
  });

  it("copies the tree with empty folders and times, and gives it a digest of names and contents", async () => {
    mkdirSync(at("site/empty"));
    utimesSync(at("site/css/b.css"), 5, 1_100_000_000.25);
    expect(await snapshot.add(needed("folder", "site"))).toEqual(ok(undefined));
    expect(filesIn(snapshot.directory())).toEqual(["site", "site/a.html", "site/css", "site/css/b.css", "site/empty"]);
    expect(statSync(join(snapshot.directory(), "site/css/b.css")).mtimeMs).toBe(1_100_000_000_250);
    const lines = ["a.html", "css/b.css"].map((name) => `${name}\0${sha256(`content of site/${name}`)}\n`);
    expect(snapshot.digest(at("site"))).toEqual({ sha256: sha256(lines.join("")), bytes: 22 + 25 });
    expect(snapshot.digest(at("site/css"))?.bytes).toBe(25);
    expect(snapshot.digest(at("site/a.html"))).toEqual({ sha256: sha256("content of site/a.html"), bytes: 22 });
  });

  it("gives other digests to trees whose names or contents differ, and the same to equal ones", async () => {
    for (const [name, content] of [
      ["a", "1"],
      ["b", "1"],
      ["a", "2"],
      ["a", "1"],
    ] as const) {
      rmSync(at("site"), { recursive: true });
      write(`site/${name}`, content);
    }
    const digests: (string | undefined)[] = [];
    for (const [name, content] of [
      ["a", "1"],
      ["b", "1"],
      ["a", "2"],
      ["a", "1"],
    ] as const) {
      rmSync(at("site"), { recursive: true });
      write(`site/${name}`, content);
      const own = createSnapshot({ workspace, parent });
      await own.add(needed("folder", "site"));
      digests.push(own.digest(at("site"))?.sha256);
      await own.remove();
    }
    expect([new Set(digests).size, digests[0] === digests[3]]).toEqual([3, true]);
  });

  it("takes the workspace itself, and a plain file", async () => {
    expect(await snapshot.add(needed("folder", "."))).toEqual(ok(undefined));
    expect(filesIn(snapshot.directory())).toEqual(filesIn(workspace));
    const other = createSnapshot({ workspace, parent });
    expect(await other.add(needed("folder", "item.json"))).toEqual(ok(undefined));
    expect(other.digest(at("item.json"))?.bytes).toBe(20);
    expect(other.text(at("item.json"))).toBeUndefined();
  });

  it("keeps what was taken of it before, and gets nothing more afterwards", async () => {
    await snapshot.add(needed("text", "site/a.html"));
    write("site/a.html", "changed");
    await snapshot.add(needed("folder", "site"));
    expect(copyOf("site/a.html")).toBe("content of site/a.html");
    const digest = snapshot.digest(at("site"));
    write("site/late.json", "{}");
    mkdirSync(at("site/later"));
    for (const [how, name] of [
      ["text", "site/late.json"],
      ["folder", "site/later"],
    ] as const)
      expect(await snapshot.add(needed(how, name))).toMatchObject({ error: { code: "file-missing" } });
    expect(await snapshot.add([...needed("folder", "site", "site/css"), ...needed("text", "site/css/b.css")])).toEqual(
      ok(undefined),
    );
    expect(await snapshot.add(needed("bytes", "site/css"))).toMatchObject({ error: { code: "file-not-regular" } });
    expect(snapshot.digest(at("site"))).toEqual(digest);
    expect(snapshot.text(at("site/css/b.css"))).toBe("content of site/css/b.css");
  });

  it.each<[string, (path: string) => void, string]>([
    ["a link", (path) => symlinkSync("/etc/passwd", `${path}odd`), "a link, a device or a file with several names"],
    [
      "a link to a folder",
      (path) => symlinkSync("/etc", `${path}odd`),
      "a link, a device or a file with several names",
    ],
    ["a hard link", (path) => linkSync(at("item.json"), `${path}odd`), "a link, a device or a file with several names"],
    [
      "a FIFO",
      (path) => execFileSync("/usr/bin/mkfifo", [`${path}odd`]),
      "a link, a device or a file with several names",
    ],
    ["a name with a dot", (path) => writeFileSync(`${path}.odd`, ""), "begins with a dot"],
    ["a folder with a dot", (path) => mkdirSync(`${path}.odd`), "begins with a dot"],
  ])("takes nothing of one that holds %s", async (_, make, words) => {
    make(`${at("site/css")}/`);
    const added = await snapshot.add(needed("folder", "site"));
    expect(added).toMatchObject({ ok: false, error: { code: "file-not-regular" } });
    expect(added.ok ? "" : added.error.message).toContain(words);
    expect(existsSync(join(snapshot.directory(), "site"))).toBe(false);
  });

  it("takes nothing of one with too many names, folders in folders or bytes", async () => {
    for (const name of ["four/1", "four/2", "four/3", "four/4"]) write(name, "");
    expect(await refused("folder", "four", SMALL)).toBe("taken");
    write("four/5", "");
    expect(await refused("folder", "four", SMALL)).toBe("file-too-large");
    write("deep/1/2/file", "");
    expect(await refused("folder", "deep", SMALL)).toBe("taken");
    write("deep/1/2/3/file", "");
    expect(await refused("folder", "deep", { ...SMALL, folder: { ...SMALL.folder, entries: 9 } })).toBe(
      "file-too-large",
    );
    for (const name of ["full/1", "full/2", "full/3"]) write(name, "0123456789");
    expect(await refused("folder", "full", SMALL)).toBe("taken");
    write("full/3", "0123456789x");
    expect(await refused("folder", "full", SMALL)).toBe("file-too-large");
    await createSnapshot({ workspace, parent, limits: SMALL }).add(needed("folder", "full"));
    expect(readdirSync(parent)).toEqual([]);
    write("one/1", "0123456789 0123456789");
    expect(await refused("folder", "one", SMALL)).toBe("file-too-large");
  });

  it("never holds what is outside while a folder in it changes places with a link", async () => {
    writeFileSync(join(outside, "b.css"), "outside");
    const swapper = await swapInALoop("folder", at("site/css"), outside);
    const codes = await roundsUntil(400, ["taken", "file-not-regular"], async () => {
      const own = createSnapshot({ workspace, parent });
      const added = await own.add(needed("folder", "site"));
      for (const file of own.taken.keys())
        expect(readFileSync(join(own.directory(), file), "utf8")).toMatch(/^content/);
      await own.remove();
      return [added.ok ? "taken" : added.error.code];
    });
    await swapper.stop();
    expect(codes).toContain("taken");
    expect(codes).toContain("file-not-regular");
  });

  it("copies 3,000 files without leaving a descriptor open", async () => {
    for (let count = 0; count < 3000; count += 1) write(`many/${count % 30}/${count}`, String(count));
    await snapshot.add(needed("text", "item.json"));
    const before = readdirSync("/proc/self/fd").length;
    expect(await snapshot.add(needed("folder", "many"))).toEqual(ok(undefined));
    expect(readdirSync("/proc/self/fd").length).toBe(before);
    expect(snapshot.taken.size).toBe(3001);
    await snapshot.remove();
    expect([readdirSync(parent), readdirSync("/proc/self/fd").length]).toEqual([[], before]);
  });
});

describe("remove", () => {
  it("removes the directory with all that a run left in it, and follows no link out of it", async () => {
    await snapshot.add(needed("folder", "site"));
    symlinkSync(outside, join(snapshot.directory(), "site", "link"));
    symlinkSync(join(outside, "secret"), join(snapshot.directory(), "file-link"));
    execFileSync("/usr/bin/mkfifo", [join(snapshot.directory(), "pipe")]);
    mkdirSync(join(snapshot.directory(), ...Array<string>(300).fill("deep")), { recursive: true });
    await snapshot.remove();
    expect(readdirSync(parent)).toEqual([]);
    expect(readdirSync(outside)).toEqual(["secret"]);
    expect(filesIn(workspace)).toEqual(["item.json", "site", "site/a.html", "site/css", "site/css/b.css"]);
  });

  it("does not follow a link that takes a folder's place meanwhile", async () => {
    const names = Array.from({ length: 200 }, (_, index) => String(index));
    mkdirSync(join(outside, "x"));
    for (const name of names) writeFileSync(join(outside, "x", name), "");
    for (let round = 0; round < 20; round += 1) {
      const own = createSnapshot({ workspace, parent });
      mkdirSync(join(own.directory(), "x"));
      for (const name of names) writeFileSync(join(own.directory(), "x", name), "");
      const swapper = await swapInALoop("folder", join(own.directory(), "x"), join(outside, "x"));
      await own.remove();
      await swapper.stop();
    }
    expect(readdirSync(join(outside, "x"))).toHaveLength(names.length);
  });

  it("does nothing where nothing was made, or all is gone, or twice", async () => {
    await snapshot.remove();
    rmSync(snapshot.directory(), { recursive: true });
    await snapshot.remove();
    await snapshot.remove();
    expect(readdirSync(parent)).toEqual([]);
  });

  it("waits for what is being copied", async () => {
    const adding = snapshot.add(needed("folder", "site"));
    await snapshot.remove();
    expect(readdirSync(parent)).toEqual([]);
    expect(await adding).toEqual(ok(undefined));
    expect(readdirSync(parent)).toEqual([]);
  });
});
