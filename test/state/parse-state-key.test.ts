import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseStateKey } from "../../src/state/parse-state-key.js";

const MAKE = "; `(umask 077; openssl rand -hex 32 > FILE)` makes one";

const problemOf = (text: string): string => {
  const parsed = parseStateKey(text);
  return parsed.ok ? "" : parsed.error;
};

const KEY = randomBytes(32);

describe("parseStateKey", () => {
  it.each([
    ["hexadecimal", KEY.toString("hex")],
    ["large hexadecimal", KEY.toString("hex").toUpperCase()],
    ["base64", KEY.toString("base64")],
    ["base64 for URLs", KEY.toString("base64url")],
    ["base64 without padding", KEY.toString("base64").replace(/=+$/, "")],
  ])("reads %s, with and without the end of its line", (_, text) => {
    for (const end of ["", "\n", "\r\n"]) {
      const parsed = parseStateKey(text + end);
      expect(parsed.ok && Buffer.from(parsed.value).equals(KEY)).toBe(true);
    }
  });

  it("reads longer ones", () => {
    const long = randomBytes(48);
    for (const form of ["hex", "base64"] as const) {
      const parsed = parseStateKey(long.toString(form));
      expect(parsed.ok && Buffer.from(parsed.value).equals(long)).toBe(true);
    }
  });

  const HALF = KEY.toString("hex").slice(0, 32);
  it.each([
    ["nothing", "", `is empty${MAKE}`],
    ["an empty line", "\n", `is empty${MAKE}`],
    ["half a key", HALF, `must hold a key of at least 32 bytes${MAKE}`],
    ["31 bytes", KEY.subarray(1).toString("base64"), `must hold a key of at least 32 bytes${MAKE}`],
    ["two lines", `${HALF}\n${HALF}\n`, `must hold one line of hexadecimal digits or base64${MAKE}`],
    ["a blank before it", ` ${KEY.toString("hex")}`, `must hold one line of hexadecimal digits or base64${MAKE}`],
    [
      "words",
      "correct horse battery staple, correct horse battery staple",
      `must hold one line of hexadecimal digits or base64${MAKE}`,
    ],
    ["a name before it", `key=${KEY.toString("hex")}`, `must hold one line of hexadecimal digits or base64${MAKE}`],
    ["the bytes themselves", KEY.toString("latin1"), `must hold one line of hexadecimal digits or base64${MAKE}`],
    ["zeros", "0".repeat(64), `must hold a key of random bytes${MAKE}`],
    ["a pattern", "0123456789abcdef".repeat(4), `must hold a key of random bytes${MAKE}`],
  ])("refuses %s, and says nothing of what is in it", (_, text, says) => {
    expect(problemOf(text)).toBe(says);
  });

  it("takes whatever is random", () => {
    for (let time = 0; time < 1000; time++) {
      const key = randomBytes(32);
      expect([problemOf(key.toString("hex")), problemOf(key.toString("base64"))]).toEqual(["", ""]);
    }
  });
});
