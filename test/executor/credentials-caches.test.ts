import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shareCaches } from "../../src/executor/credentials-caches.js";
import { seenReadOnly } from "./seen-read-only.js";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "awspipe-caches-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const home = (): string => join(root, "home");
const signedIn = (): string => join(root, "operator");

let clock = 1_700_000_000;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  // Two changes in one tick of the file system would look like one.
  clock += 1;
  utimesSync(path, clock, clock);
};

const operatorHas = (name: string, text: string): void => write(join(signedIn(), ".aws", name), text);
const cliWrites = (name: string, text: string): void => write(join(home(), ".aws", name), text);
const cliSees = (name: string): string => readFileSync(join(home(), ".aws", name), "utf8");

/** Where what the operator has can be written to. */
const share = (): void => shareCaches(home(), signedIn());

/** Where it can't. */
const shareMounted = (): void => seenReadOnly(signedIn(), (seen) => shareCaches(home(), seen));

describe("shareCaches", () => {
  it("links caches that can be written to, and those alone", () => {
    operatorHas("cli/cache/a.json", "1");
    operatorHas("sso/cache/b.json", "2");
    operatorHas("cli/alias", "[toplevel]");
    operatorHas("config", "[default]");
    share();
    share();
    const own = (...names: readonly string[]): readonly string[] => readdirSync(join(home(), ".aws", ...names)).sort();
    expect([own(), own("cli"), own("sso"), own("login")]).toEqual([["cli", "login", "sso"], ["cache"], ["cache"], []]);
    expect(readlinkSync(join(home(), ".aws", "cli", "cache"))).toBe(join(signedIn(), ".aws", "cli", "cache"));
    cliWrites("cli/cache/c.json", "3");
    expect(readdirSync(join(signedIn(), ".aws", "cli", "cache")).sort()).toEqual(["a.json", "c.json"]);
  });

  it("leaves a cache that the operator does not have to the CLI", () => {
    operatorHas("config", "[default]");
    shareMounted();
    expect(readdirSync(join(home(), ".aws", "sso"))).toEqual([]);
    shareCaches(home(), "/nonexistent");
    shareCaches(home(), undefined);
    expect(readdirSync(join(home(), ".aws", "sso"))).toEqual([]);
  });

  it("copies the sessions of one that cannot be written to, where the CLI can", () => {
    operatorHas("sso/cache/b.json", "2");
    operatorHas("cli/cache/session.db", "x");
    shareMounted();
    expect(cliSees("sso/cache/b.json")).toBe("2");
    expect(readdirSync(join(home(), ".aws", "cli", "cache"))).toEqual([]);
    cliWrites("cli/cache/role.json", "3");
    shareMounted();
    expect(cliSees("cli/cache/role.json")).toBe("3");
  });

  it("keeps what the CLI has renewed, until the operator signs in anew", () => {
    operatorHas("sso/cache/b.json", "old");
    shareMounted();
    cliWrites("sso/cache/b.json", "renewed");
    shareMounted();
    expect(cliSees("sso/cache/b.json")).toBe("renewed");
    operatorHas("sso/cache/b.json", "anew");
    shareMounted();
    expect(cliSees("sso/cache/b.json")).toBe("anew");
  });

  it("finds a session that is opened later", () => {
    operatorHas("sso/cache/b.json", "1");
    shareMounted();
    operatorHas("sso/cache/c.json", "2");
    shareMounted();
    expect(cliSees("sso/cache/c.json")).toBe("2");
  });

  it("ends with a session what came from it", () => {
    operatorHas("sso/cache/b.json", "1");
    operatorHas("sso/cache/other.json", "2");
    operatorHas("cli/cache/old.json", "3");
    shareMounted();
    cliWrites("cli/cache/role.json", "keys");
    rmSync(join(signedIn(), ".aws", "sso", "cache", "b.json"));
    shareMounted();
    expect(
      readdirSync(join(home(), ".aws"), { recursive: true })
        .filter((name) => /json/.test(String(name)))
        .sort(),
    ).toEqual(["cli/cache/old.json", "sso/cache/other.json"]);
  });
});
