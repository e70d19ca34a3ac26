import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KeptResult } from "../src/kept-result.js";
import { createKeptResults, type KeptResults } from "../src/kept-results.js";
import { type ResultFiles, resultFiles } from "./server/results/result-files.js";

let files: ResultFiles;
let now: number;
beforeEach(() => {
  files = resultFiles();
  now = Date.now();
});
afterEach(() => files.remove());

const server = (most = 128, bytes = 2 ** 30): KeptResults =>
  createKeptResults({
    ...{ workspace: files.workspace, now: () => now, lasting: true },
    bounds: { files: most, bytes },
  });
const folder = () => join(files.workspace, "@result");
const recordOf = ({ id }: KeptResult): string => join(folder(), ".records", `${id}.json`);
const put = (content = "abc", about: Partial<KeptResult> = {}): KeptResult => files.put(content, { at: now, ...about });
const ids = async (results: KeptResults, owner = "local") => (await results.list(owner)).map(({ id }) => id);
const onDisk = (): string[] => readdirSync(folder()).filter((name) => name !== ".records");

describe("createKeptResults, at a workspace of several servers", () => {
  it("finds what another has kept, listed or by its id, word for word", async () => {
    const [one, other] = [server(), server()];
    const result = put('{"a": 1}', { command: "aws s3 ls | jq .", most: 7 });
    await one.keep([result]);
    expect(await other.get(result.id, "local")).toEqual(result);
    expect(await other.list("local")).toEqual([result]);
    expect([await other.hasFile(result.id), await other.hasFile("0".repeat(31))]).toEqual([true, false]);
  });

  it("finds after a restart what was kept before", async () => {
    const result = put();
    await server().keep([result]);
    expect(await ids(server())).toEqual([result.id]);
  });

  it("lists what all have kept, the newest first", async () => {
    const [one, other] = [server(), server()];
    const results = [0, 1, 2, 3].map((count) => put("x", { at: now + count }));
    for (const [index, result] of results.entries()) await (index % 2 === 0 ? one : other).keep([result]);
    const all = results.map(({ id }) => id).reverse();
    expect([await ids(one), await ids(other)]).toEqual([all, all]);
  });

  it("gives a principal nothing of another's", async () => {
    const result = put("hers", { owner: "alice" });
    await server().keep([result]);
    const other = server();
    expect([await other.get(result.id, "bob"), await ids(other, "bob"), await ids(other, "alice")]).toEqual([
      undefined,
      [],
      [result.id],
    ]);
  });

  it("writes a record that nobody else may read, and nothing half", async () => {
    const result = put();
    await server().keep([result]);
    expect(readdirSync(join(folder(), ".records"))).toEqual([`${result.id}.json`]);
    expect([statSync(join(folder(), ".records")).mode & 0o777, statSync(recordOf(result)).mode & 0o777]).toEqual([
      0o700, 0o600,
    ]);
  });

  it("forgets what another has removed", async () => {
    const [one, other] = [server(2), server(2)];
    const old = put("x", { at: now - 120_000 });
    await one.keep([old]);
    expect(await ids(other)).toEqual([old.id]);
    const fresh = [put(), put()];
    await other.keep(fresh);
    expect([(await ids(one)).includes(old.id), onDisk().includes(old.id)]).toEqual([false, false]);
    expect(readdirSync(join(folder(), ".records")).length).toBe(2);
  });

  it("holds the bounds together, but pushes out nothing that another has kept within a minute", async () => {
    const [one, other] = [server(3), server(3)];
    const young = [0, 1, 2].map((count) => put("x", { at: now + count }));
    await one.keep(young);
    const mine = [put("x", { at: now + 3 }), put("x", { at: now + 4 })];
    for (const result of mine) await other.keep([result]);
    // Of its own it keeps the one that it was given last.
    expect(onDisk().length).toBe(4);
    now += 61_000;
    await other.keep([put("x", { at: now })]);
    expect(onDisk().length).toBe(3);
    expect(await ids(one)).toEqual(await ids(other));
  });

  it("counts bytes of all together", async () => {
    const [one, other] = [server(10, 25), server(10, 25)];
    const old = put("x".repeat(20));
    await one.keep([old]);
    now += 61_000;
    const fresh = put("x".repeat(20));
    await other.keep([fresh]);
    expect(await ids(one)).toEqual([fresh.id]);
  });

  it("takes a record whose file another has replaced, changed or removed for none", async () => {
    const outside = join(files.workspace, "outside.txt");
    writeFileSync(outside, "abc");
    const ways: readonly ((path: string) => void)[] = [
      (path) => rmSync(path),
      (path) => writeFileSync(path, "abcd"),
      (path) => {
        writeFileSync(`${path}.new`, "abc");
        renameSync(`${path}.new`, path);
      },
      (path) => {
        rmSync(path);
        symlinkSync(outside, path);
      },
      (path) => {
        rmSync(path);
        linkSync(outside, path);
      },
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ];
    for (const [index, change] of ways.entries()) {
      const result = put();
      await server().keep([result]);
      change(result.path);
      const other = server();
      expect([index, await other.get(result.id, "local"), await ids(other)]).toEqual([index, undefined, []]);
    }
  });

  it("takes what is no record of ours for none", async () => {
    const outside = join(files.workspace, "record.json");
    const ways: readonly ((path: string) => void)[] = [
      (path) => writeFileSync(path, readFileSync(path, "utf8").slice(0, -1)),
      (path) => writeFileSync(path, `${readFileSync(path, "utf8")}${" ".repeat(65_536)}`),
      (path) => {
        renameSync(path, outside);
        symlinkSync(outside, path);
      },
      (path) => {
        renameSync(path, join(path, "..", `${"f".repeat(32)}.json`));
      },
    ];
    for (const [index, change] of ways.entries()) {
      const result = put();
      await server().keep([result]);
      change(recordOf(result));
      const other = server();
      expect([index, await other.get(result.id, "local"), await ids(other)]).toEqual([index, undefined, []]);
      rmSync(join(folder(), ".records"), { recursive: true });
    }
  });

  it("believes nothing that lies in a folder which others may write to, or behind a link", async () => {
    const result = put();
    await server().keep([result]);
    for (const path of [join(folder(), ".records"), folder()]) {
      chmodSync(path, 0o777);
      expect(await server().get(result.id, "local")).toBeUndefined();
      chmodSync(path, 0o700);
    }
    expect((await server().get(result.id, "local"))?.id).toBe(result.id);
    renameSync(join(folder(), ".records"), join(files.workspace, "moved"));
    symlinkSync(join(files.workspace, "moved"), join(folder(), ".records"));
    expect(await server().get(result.id, "local")).toBeUndefined();
  });

  it("asks the file system only for what has the form of an id", async () => {
    const result = put();
    await server().keep([result]);
    const other = server();
    for (const id of ["", "..", `../@result/${result.id}`, `A${result.id.slice(1)}`, `${result.id}\n`, "__proto__"])
      expect([id, await other.get(id, "local"), await other.hasFile(id)]).toEqual([id, undefined, false]);
  });

  it("keeps for itself what it cannot write down", async () => {
    mkdirSync(join(folder(), ".records"));
    chmodSync(join(folder(), ".records"), 0o777);
    const [one, other] = [server(), server()];
    const result = put();
    await one.keep([result]);
    expect([await ids(one), (await one.get(result.id, "local"))?.id]).toEqual([[result.id], result.id]);
    expect(await ids(other)).toEqual([]);
  });

  it("removes after a week what was kept, and after a day what nobody has written down", async () => {
    const [old, young] = [put("x", { at: now - 604_800_001 }), put("x", { at: now - 604_000_000 })];
    const before = server();
    await before.keep([old, young]);
    const [orphan, growing] = [put(), put()];
    const parts = [".awspipe-abcdefghijkl", ".awspipe-mnopqrstuvwx", ".awspiper"];
    for (const name of parts) writeFileSync(join(files.workspace, name), "half");
    writeFileSync(join(folder(), ".records", `${"e".repeat(32)}.part`), "{");
    const long = (now - 90_000_001) / 1000;
    for (const path of [
      orphan.path,
      young.path,
      join(files.workspace, ".awspipe-abcdefghijkl"),
      join(files.workspace, ".awspiper"),
      join(folder(), ".records", `${"e".repeat(32)}.part`),
    ])
      utimesSync(path, long, long);
    const after = server();
    expect(await ids(after)).toEqual([young.id]);
    expect(onDisk().sort()).toEqual([young.id, growing.id].sort());
    expect(readdirSync(join(folder(), ".records"))).toEqual([`${young.id}.json`]);
    expect(readdirSync(files.workspace).sort()).toEqual([".awspipe-mnopqrstuvwx", ".awspiper", "@result"]);
    expect([await before.get(old.id, "local"), await after.get(old.id, "local")]).toEqual([undefined, undefined]);
  });

  const HOURS_26 = 93_600_000;
  const age = (path: string, milliseconds: number): void =>
    utimesSync(path, (now - milliseconds) / 1000, (now - milliseconds) / 1000);
  const restart = async (): Promise<KeptResults> => {
    const started = server();
    // What a start clears away is gone before anything else is done, be it nothing.
    await started.keep([]);
    return started;
  };

  it("removes no file for its age where the records cannot be listed", async () => {
    const results = [put(), put(), put()];
    await server().keep(results);
    for (const { path } of results) age(path, HOURS_26);
    for (const mode of [0o770, 0o777]) {
      chmodSync(join(folder(), ".records"), mode);
      await restart();
      expect([mode, onDisk().length]).toEqual([mode, 3]);
    }
    renameSync(join(folder(), ".records"), join(files.workspace, "moved"));
    await restart();
    expect(onDisk().length).toBe(3);
    renameSync(join(files.workspace, "moved"), join(folder(), ".records"));
    chmodSync(join(folder(), ".records"), 0o700);
    expect((await ids(server())).length).toBe(3);
  });

  it("removes no file for its age whose record cannot be read, nor that record, until a week is over", async () => {
    const [broken, orphan] = [put(), put()];
    await server().keep([broken]);
    const text = readFileSync(recordOf(broken), "utf8");
    writeFileSync(recordOf(broken), "");
    for (const path of [broken.path, recordOf(broken), orphan.path]) age(path, HOURS_26);
    await restart();
    expect([onDisk(), readdirSync(join(folder(), ".records"))]).toEqual([[broken.id], [`${broken.id}.json`]]);
    writeFileSync(recordOf(broken), text);
    expect(await ids(server())).toEqual([broken.id]);
    writeFileSync(recordOf(broken), "");
    for (const path of [broken.path, recordOf(broken)]) age(path, 604_800_000 + 1000);
    await restart();
    await restart();
    expect([onDisk(), readdirSync(join(folder(), ".records"))]).toEqual([[], []]);
  });

  it("removes no file for its age, and forgets none, while there are more records than it looks at", async () => {
    const one = server();
    const result = put();
    await one.keep([result]);
    const others = Array.from({ length: 1100 }, (_, count) => `e${count.toString(16).padStart(31, "0")}`);
    for (const id of others) writeFileSync(join(folder(), ".records", `${id}.json`), "{", { mode: 0o600 });
    const orphan = put();
    for (const { path } of [result, orphan]) age(path, HOURS_26);
    await restart();
    expect(onDisk().sort()).toEqual([result.id, orphan.id].sort());
    expect(await ids(one)).toEqual([result.id]);
    for (const id of others) rmSync(join(folder(), ".records", `${id}.json`));
    await restart();
    expect(onDisk()).toEqual([result.id]);
  });

  it("lists no more than one principal may have", async () => {
    for (let count = 0; count < 3; count += 1)
      await server(2).keep([put("x", { at: now + 2 * count }), put("x", { at: now + 2 * count + 1 })]);
    expect([(await ids(server(2))).length, onDisk().length]).toEqual([2, 6]);
  });
});
