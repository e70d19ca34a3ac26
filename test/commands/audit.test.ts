import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAuditLog } from "../../src/audit/open-audit-log.js";
import { runAwspipe } from "./run-awspipe.js";

let folder = "";
let file = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-audit-"));
  file = logOf("audit.log", 3);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A log of so many lines, a second each. */
const logOf = (name: string, count: number): string => {
  const path = join(folder, name);
  let time = Date.UTC(2026, 6, 28, 12);
  const log = openAuditLog({ path, underWay: 1, now: () => time });
  for (let at = 0; at < count; at += 1) {
    log.ready();
    log.write({ asked: `echo ${at}` });
    time += 1000;
  }
  log.close();
  return path;
};

const hashes = (path: string): readonly string[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line): string => JSON.parse(line).hash);

const verify = (...args: readonly string[]) =>
  runAwspipe(["audit", "verify", ...args]).then(({ code, out, errors }) => ({
    code,
    errors,
    lines: out.split("\n").slice(0, -1),
  }));

describe("awspipe audit verify", () => {
  it("says what is in an intact log, and ends with 0", async () => {
    expect(await verify(file)).toEqual({
      code: 0,
      errors: "",
      lines: [
        "intact",
        "audit lines: 3",
        "other lines: 0",
        "chains: 1",
        "servers: 1",
        "first time: 2026-07-28T12:00:00.000Z",
        "last time: 2026-07-28T12:00:02.000Z",
        `last hash: ${hashes(file)[2]}`,
      ],
    });
  });

  it("says where the hash is that was kept", async () => {
    const { code, lines } = await verify("--last", hashes(file)[1] ?? "", file);
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe("the hash is that of line 2, audit lines after it: 1");
    expect(await verify(file, "--last", hashes(logOf("other.log", 1))[0] ?? "")).toEqual({
      code: 1,
      errors: "",
      lines: ["broken: cut: no line has the hash that was given: lines were cut off, or all written anew"],
    });
  });

  it("says of a captured stderr which chains are in it", async () => {
    const captured = join(folder, "stderr.log");
    const [one, two] = [logOf("one.log", 1), logOf("two.log", 2)];
    writeFileSync(captured, `{"event":"started"}\n${readFileSync(one)}{"event":"started"}\n${readFileSync(two)}`);
    expect((await verify(captured)).lines).toEqual([
      "intact",
      "audit lines: 3",
      "other lines: 2",
      "chains: 2",
      "servers: 2",
      "first time: 2026-07-28T12:00:00.000Z",
      "last time: 2026-07-28T12:00:01.000Z",
      `last hash: ${hashes(two)[1]}`,
      `chain from line 2: lines 1, from 2026-07-28T12:00:00.000Z to 2026-07-28T12:00:00.000Z, last hash ${hashes(one)[0]}`,
      `chain from line 4: lines 2, from 2026-07-28T12:00:00.000Z to 2026-07-28T12:00:01.000Z, last hash ${hashes(two)[1]}`,
    ]);
  });

  it("says which line is wrong, and how, and ends with 1", async () => {
    const path = logOf("changed.log", 3);
    writeFileSync(path, readFileSync(path, "utf8").replace("echo 1", "echo 7"));
    expect(await verify(path)).toEqual({
      code: 1,
      errors: "",
      lines: ["broken: line 2: changed: it is not the line that its hash was computed of"],
    });
    truncateSync(path, 200);
    expect((await verify(path)).lines).toEqual(["broken: line 1: torn: it has no end"]);
    truncateSync(path, 0);
    appendFileSync(path, "notes\n");
    expect(await verify(path)).toEqual({ code: 1, errors: "", lines: ["broken: empty: there is no audit line in it"] });
  });

  it("finds nothing wrong with an empty file, but where it should hold a hash", async () => {
    const path = logOf("empty.log", 0);
    expect(await verify(path)).toEqual({
      ...{ code: 0, errors: "" },
      lines: ["intact", "audit lines: 0", "other lines: 0", "chains: 0", "servers: 0"],
    });
    expect(await verify(path, "--last", hashes(file)[0] ?? "")).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^broken: cut: /)],
    });
  });

  it("verifies each log of a folder, by name", async () => {
    const logs = join(folder, "logs");
    mkdirSync(logs);
    expect(await verify(logs)).toEqual({
      ...{ code: 2, errors: "" },
      lines: [`unreadable: there is no file \`*.jsonl\` in \`${logs}\``],
    });
    const [one, two] = [logOf("logs/2.jsonl", 1), logOf("logs/1.jsonl", 1)];
    writeFileSync(join(logs, "notes.txt"), "notes\n");
    const { code, lines } = await verify(logs);
    expect(code).toBe(0);
    expect(lines.filter((line) => !/^(?:audit|other|chains|servers|first|last time)/.test(line))).toEqual([
      ...["file: 1.jsonl", "intact", `last hash: ${hashes(two)[0]}`, ""],
      ...["file: 2.jsonl", "intact", `last hash: ${hashes(one)[0]}`],
    ]);
    truncateSync(two, 200);
    expect(await verify(logs)).toMatchObject({ code: 1, lines: expect.arrayContaining(["intact"]) });
    expect(await verify(logs, "--last", hashes(one)[0] ?? "")).toEqual({
      ...{ code: 64, lines: [] },
      errors: "awspipe: `--last` is about one file: name the one that the hash was kept of\n",
    });
  });

  it("ends with 2 where the file cannot be read", async () => {
    const missing = join(folder, "missing.log");
    expect(await verify(missing)).toEqual({
      code: 2,
      errors: "",
      lines: [`unreadable: ENOENT: no such file or directory, open '${missing}'`],
    });
  });

  it.each([
    [[]],
    [["check", "f"]],
    [["verify"]],
    [["verify", "f", "g"]],
    [["verify", "f", "--first", "0"]],
    [["verify", "f", "--last"]],
  ])("wants one file, not %j", async (args) => {
    expect(await runAwspipe(["audit", ...args])).toMatchObject({
      code: 64,
      out: "",
      errors:
        "awspipe: name the file, as in `awspipe audit verify audit.log` or `awspipe audit verify audit.log --last HASH`\n",
    });
  });

  it("wants a hash as it prints them", async () => {
    for (const hash of ["", "abc", "A".repeat(64)])
      expect(await verify(file, "--last", hash)).toEqual({
        code: 64,
        lines: [],
        errors:
          "awspipe: `--last` takes the hash of a line, 64 hexadecimal digits, as `awspipe audit verify FILE` prints them\n",
      });
  });
});
