import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sealLine } from "../../src/audit/audit-line.js";
import { call, folder, linesOf, openLog, verify } from "./logs.js";

const ZEROS = "0".repeat(64);
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A log of so many lines, whose server has ended. */
const endedLog = (count = 2): string => {
  const path = join(folder(), "audit.log");
  const log = openLog(path);
  for (let at = 1; at <= count; at += 1) call(log, { asked: `echo ${at}` });
  log.close();
  return path;
};

describe("openAuditLog", () => {
  it("writes one line for each call, which begins a chain and names the line before", () => {
    const path = join(folder(), "audit.log");
    const log = openLog(path);
    call(log, { asked: "aws s3 ls", exits: [0] });
    call(log, { asked: "aws s3 mb s3://new-1" });
    const lines = readFileSync(path, "utf8").split("\n");
    const [one, two] = linesOf(path);
    const server = one?.server;
    const hash = sha256((lines[0] ?? "").slice(0, -75));
    expect(server).toMatch(/^[0-9a-f]{32}$/);
    expect([one, two]).toEqual([
      { audit: 1, time: "2026-07-28T12:00:01.000Z", seq: 1, server, prev: ZEROS, asked: "aws s3 ls", exits: [0], hash },
      {
        ...{ audit: 1, time: "2026-07-28T12:00:02.000Z", seq: 2, server, prev: hash, asked: "aws s3 mb s3://new-1" },
        hash: sha256((lines[1] ?? "").slice(0, -75)),
      },
    ]);
    expect(lines[2]).toBe("");
  });

  it("makes a file of its own in a folder, so that servers with the same settings do not stop one another", () => {
    const path = folder();
    const logs = [openLog(path), openLog(path)];
    for (const log of logs) call(log, { asked: "aws s3 ls" });
    for (const log of logs) log.close();
    const files = readdirSync(path);
    expect(files).toEqual([
      expect.stringMatching(/^awspipe-2026-07-28T12-00-0\d-000Z-[0-9a-f]{12}\.jsonl$/),
      expect.stringMatching(/^awspipe-2026-07-28T12-00-0\d-000Z-[0-9a-f]{12}\.jsonl$/),
    ]);
    for (const file of files) expect(linesOf(join(path, file))).toMatchObject([{ seq: 1, asked: "aws s3 ls" }]);
  });

  it("makes file and reserve for nobody else, and takes the reserve away in the end", () => {
    const path = join(folder(), "audit.log");
    const log = openLog(path, 3);
    const reserve = statSync(`${path}.reserve`);
    expect([statSync(path).mode, reserve.mode].map((mode) => mode & 0o777)).toEqual([0o600, 0o600]);
    expect(reserve.size).toBe(3 * 65_536);
    expect(reserve.blocks * 512).toBeGreaterThanOrEqual(3 * 65_536);
    log.close();
    expect(existsSync(`${path}.reserve`)).toBe(false);
    expect(existsSync(path)).toBe(true);
  });

  it("replaces the reserve that a killed server has left", () => {
    const path = endedLog();
    writeFileSync(`${path}.reserve`, "left over", { mode: 0o644 });
    call(openLog(path, 1), {});
    expect(statSync(`${path}.reserve`)).toMatchObject({ size: 65_536, mode: 0o100600 });
  });

  it("keeps room for each call that is under way", () => {
    const path = join(folder(), "audit.log");
    const log = openLog(path, 1);
    for (let at = 0; at < 5; at += 1) log.ready();
    expect(statSync(`${path}.reserve`).size).toBe(5 * 65_536);
    for (let at = 0; at < 5; at += 1) log.write({});
    for (let at = 0; at < 5; at += 1) call(log, {});
    expect(statSync(`${path}.reserve`).size).toBe(5 * 65_536);
  });

  it("continues the chain of a file, under another id", async () => {
    const path = endedLog();
    const log = openLog(path);
    call(log, { asked: "echo 3" });
    const lines = linesOf(path);
    expect(lines.map(({ seq, asked }) => [seq, asked])).toEqual([
      [1, "echo 1"],
      [2, "echo 2"],
      [3, "echo 3"],
    ]);
    expect(lines[2]?.prev).toBe(lines[1]?.hash);
    expect(lines[2]?.server).not.toBe(lines[1]?.server);
    expect(await verify(readFileSync(path))).toMatchObject({
      ok: true,
      value: { lines: 3, others: 0, servers: 2, chains: [{ begins: 1 }] },
    });
  });

  it("continues a chain of lines as long as they can be", async () => {
    const path = join(folder(), "audit.log");
    for (let at = 0; at < 3; at += 1) {
      const log = openLog(path);
      for (let more = 0; more < 2; more += 1)
        call(log, { argv: Array.from({ length: 1000 }, (_, item) => `${item}`.repeat(15)) });
      log.close();
    }
    const lengths = readFileSync(path, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => line.length);
    for (const length of lengths) expect(length).toBeGreaterThan(45_000);
    for (const length of lengths) expect(length).toBeLessThan(65_536);
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 6, servers: 3 } });
  });

  it("writes lines that are one line and can be read, whatever was asked", async () => {
    const path = join(folder(), "audit.log");
    const log = openLog(path);
    const asked = 'a\n{"audit":1,"seq":1}\r\u2028\u2029\u0000\u001b[31m\u009b\u202e\ud800 \udc00 "\\ 😀';
    call(log, { asked });
    call(log, { asked: asked.repeat(5000) });
    expect(linesOf(path)[0]).toMatchObject({ asked });
    expect(readFileSync(path, "utf8")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(await verify(readFileSync(path))).toMatchObject({ ok: true, value: { lines: 2, others: 0 } });
  });

  it("writes nothing after it was closed", () => {
    const path = join(folder(), "audit.log");
    const log = openLog(path);
    log.ready();
    log.close();
    log.close();
    const closed = {
      ok: false,
      error: { code: "audit-lost", message: "the audit log is closed", hint: expect.any(String) },
    };
    expect(log.ready()).toEqual(closed);
    expect(log.write({})).toEqual(closed);
    expect(readFileSync(path, "utf8")).toBe("");
  });
});

describe("openAuditLog on a file that is not to be continued", () => {
  const cannot = (path: string, why: string): void => {
    const before = statSync(path, { throwIfNoEntry: false })?.size;
    expect(() => openLog(path)).toThrow(
      `the audit log \`${path}\` can not be continued, ${why}: see \`awspipe audit verify ${path}\`, move the file away, and start again`,
    );
    expect(statSync(path).size).toBe(before);
    expect(existsSync(`${path}.reserve`)).toBe(false);
  };

  it("stops the start where the last line is torn, at every byte", () => {
    const path = endedLog(2);
    const whole = readFileSync(path);
    const second = whole.indexOf("\n") + 1;
    for (let end = second + 1; end < whole.length; end += 1) {
      writeFileSync(path, whole.subarray(0, end));
      cannot(path, "its last line is torn");
    }
  });

  it("stops the start where the last line is not what its hash says", () => {
    const path = endedLog(2);
    writeFileSync(path, readFileSync(path, "utf8").replace("echo 2", "echo 9"));
    cannot(path, "its last line is changed");
  });

  it("stops the start where the last line does not follow the one before", () => {
    const path = endedLog(3);
    const [one, , three] = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, `${one}\n${three}\n`);
    cannot(path, "its last line does not follow the one before");
    writeFileSync(path, `${three}\n`);
    cannot(path, "the lines before its first one are missing");
    writeFileSync(path, `not ours\n${one}\n`);
    cannot(path, "its last line does not follow the one before");
  });

  it("stops the start where the last line has the number or the place of another one", () => {
    const [mine, yours] = [endedLog(2), endedLog(3)];
    const [one, two] = readFileSync(mine, "utf8").split("\n");
    const [, , foreign] = readFileSync(yours, "utf8").split("\n");
    writeFileSync(mine, `${one}\n${two}\n${foreign}\n`);
    cannot(mine, "its last line does not follow the one before");
    const { bytes } = sealLine(`${two?.slice(0, -75).replace('"seq":2', '"seq":3')}}`);
    writeFileSync(mine, `${one}\n${bytes}`);
    cannot(mine, "its last line does not follow the one before");
  });

  it("stops the start where two logs were joined at its end", () => {
    const path = endedLog(2);
    appendFileSync(path, readFileSync(endedLog(1)));
    cannot(path, "its last line does not follow the one before");
  });

  it("stops the start where the file is something else", () => {
    const path = join(folder(), "notes.txt");
    writeFileSync(path, "notes\n", { mode: 0o600 });
    cannot(path, "its last line is no audit line");
    appendFileSync(path, "\n");
    cannot(path, "its last line is no audit line");
    writeFileSync(path, "\n");
    cannot(path, "its last line is no audit line");
  });

  it("follows no link, not even to a log", () => {
    const path = join(folder(), "link.log");
    symlinkSync(endedLog(), path);
    expect(() => openLog(path)).toThrow(`the audit log \`${path}\` is a symbolic link: \`AWS_MCP_AUDIT_LOG\` names`);
    const dangling = join(folder(), "dangling.log");
    symlinkSync("nowhere", dangling);
    expect(() => openLog(dangling)).toThrow("is a symbolic link");
  });

  it("takes nothing but a plain file", () => {
    const fifo = join(folder(), "fifo");
    execFileSync("mkfifo", [fifo]);
    expect(() => openLog(fifo)).toThrow(`the audit log \`${fifo}\` is no plain file`);
    expect(() => openLog("/dev/null")).toThrow("the audit log `/dev/null` is no plain file");
  });

  it("takes no file that others can write to, and no place that there is not", () => {
    const path = endedLog();
    chmodSync(path, 0o620);
    expect(() => openLog(path)).toThrow(`can be written by others: make it yours, as in \`chmod 600 ${path}\``);
    const nowhere = join(folder(), "missing", "audit.log");
    expect(() => openLog(nowhere)).toThrow(
      `the audit log \`${nowhere}\` can not be opened (ENOENT): \`AWS_MCP_AUDIT_LOG\` names a file in a folder that exists and that this user may write to`,
    );
  });

  it("does not start without its reserve, and touches nothing that has its name", () => {
    const path = endedLog();
    mkdirSync(`${path}.reserve`);
    expect(() => openLog(path)).toThrow(`the audit log's reserve \`${path}.reserve\` can not be made (EEXIST)`);
    const other = endedLog();
    writeFileSync(join(folder(), "precious"), "precious");
    symlinkSync(join(folder(), "precious"), `${other}.reserve`);
    expect(() => openLog(other)).toThrow(`the audit log's reserve \`${other}.reserve\` can not be made (EEXIST)`);
  });
});
