import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkAuditLog } from "../../src/audit/check-audit-log.js";
import { openAuditLog } from "../../src/audit/open-audit-log.js";
import { call, folder, openLog } from "./logs.js";

const thrownBy = (work: () => unknown): string => {
  try {
    work();
    return "";
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
};

const checked = (path: string) => checkAuditLog({ path, underWay: 2 });

const log = (): string => {
  const path = join(folder(), "audit.log");
  const opened = openLog(path);
  call(opened, { asked: "echo 1" });
  opened.close();
  return path;
};

describe("checkAuditLog", () => {
  it("says what becomes of the path, and makes nothing", () => {
    const place = folder();
    expect([checked(place), checked(join(place, "new.log"))]).toEqual(["each server makes a file in it", "is made"]);
    expect(readdirSync(place)).toEqual([]);
  });

  it("says that a log is continued, and leaves it as it is", () => {
    const path = log();
    const before = [readFileSync(path, "utf8"), statSync(path).mtimeMs, readdirSync(join(path, ".."))];
    expect(checked(path)).toBe("is continued after line 1 of its chain");
    expect([readFileSync(path, "utf8"), statSync(path).mtimeMs, readdirSync(join(path, ".."))]).toEqual(before);
  });

  it("says what a server would say that does not start", () => {
    const torn = log();
    appendFileSync(torn, "{");
    const open = log();
    chmodSync(open, 0o622);
    const link = join(folder(), "link");
    symlinkSync(torn, link);
    const file = join(folder(), "file");
    writeFileSync(file, "", { mode: 0o600 });
    const held = join(folder(), "held.log");
    mkdirSync(`${held}.reserve`);
    const places = [torn, open, link, join(folder(), "no", "audit.log"), join(file, "audit.log"), held, "/dev/null"];
    const said = places.map((path) => thrownBy(() => checked(path)));
    expect(said.filter((text) => text === "")).toEqual([]);
    expect(existing(held)).toEqual(["held.log.reserve"]);
    expect(said).toEqual(
      places.map((path) => thrownBy(() => openAuditLog({ path, now: Date.now, underWay: 2 }).close())),
    );
  });
});

const existing = (path: string): readonly string[] => readdirSync(join(path, ".."));
