import { describe, expect, it } from "vitest";
import { hashToken } from "../../../../src/http/auth/tokens/hash-token.js";
import { parseTokenFile } from "../../../../src/http/auth/tokens/parse-token-file.js";
import { tokenLine } from "../../../../src/http/auth/tokens/token-entry.js";

const A = "a".repeat(64);
const B = "b".repeat(64);
const parse = (text: string) => parseTokenFile("/t", text);

describe("parseTokenFile", () => {
  it("reads one token a line, between comments and blank lines", () => {
    expect(
      parse(`# people\n\n \t\nalice write sha256:${A}\r\n\t bob@x.y-z_1\tread  sha256:${B} \n  # the end`),
    ).toEqual({
      ok: true,
      value: [
        { principal: { name: "token:alice", access: "write" }, hash: Buffer.from(A, "hex") },
        { principal: { name: "token:bob@x.y-z_1", access: "read" }, hash: Buffer.from(B, "hex") },
      ],
    });
  });

  it("reads the lines that are written", () => {
    const hash = hashToken("x");
    expect(parse(tokenLine("ci", "read", hash))).toEqual({
      ok: true,
      value: [{ principal: { name: "token:ci", access: "read" }, hash }],
    });
  });

  const NO_LINE = "the line is not `NAME read|write sha256:HEX`; `awspipe token NAME` makes one";
  const NO_NAME = "the name is not 1 to 64 of A-Z a-z 0-9 . _ @ - and begins with a letter or a digit";
  const NO_HASH = "the third word is not `sha256:` and 64 of 0-9 a-f";

  it.each([
    ["awsp_secret", NO_LINE],
    [`alice sha256:${A}`, NO_LINE],
    [`alice write sha256:${A} # ours`, NO_LINE],
    [`alice write extra sha256:${A}`, NO_LINE],
    [`alice\u00a0write\u00a0sha256:${A}`, NO_LINE],
    [`\ufeffalice write sha256:${A}`, NO_NAME],
    [`.. write sha256:${A}`, NO_NAME],
    [`-x write sha256:${A}`, NO_NAME],
    [`${"a".repeat(65)} write sha256:${A}`, NO_NAME],
    [`al:ice write sha256:${A}`, NO_NAME],
    [`alic\u00e9 write sha256:${A}`, NO_NAME],
    [`alice Write sha256:${A}`, "the second word is neither `read` nor `write`"],
    [`alice admin sha256:${A}`, "the second word is neither `read` nor `write`"],
    [`alice read,write sha256:${A}`, "the second word is neither `read` nor `write`"],
    [`alice write ${A}`, NO_HASH],
    [`alice write sha256:${A}0`, NO_HASH],
    [`alice write sha256:${A.slice(1)}`, NO_HASH],
    [`alice write sha256:${A.toUpperCase()}`, NO_HASH],
    [`alice write sha512:${A}${A}`, NO_HASH],
    ["alice write awsp_secret", NO_HASH],
    ["alice write sha256:", NO_HASH],
  ])("refuses %j with its line's number", (line, problem) => {
    expect(parse(`# first\nbob read sha256:${B}\n${line}`)).toEqual({ ok: false, error: [`/t:3: ${problem}`] });
  });

  it("takes no name and no hash twice", () => {
    expect(parse(`a write sha256:${A}\n\na read sha256:${B}\nc read sha256:${A}\n`)).toEqual({
      ok: false,
      error: ["/t:3: the name is that of line 1", "/t:4: the hash is that of line 1"],
    });
  });

  it.each([[""], ["\n\n"], ["# alice write sha256:aa"]])("wants a token in %j", (text) => {
    expect(parse(text)).toEqual({ ok: false, error: ["/t:1: there is no token in the file"] });
  });

  it("says nothing of what a wrong line holds", () => {
    const secret = "awsp_S3cretS3cret";
    const lines = [
      secret,
      `${secret}! write sha256:${A}`,
      `a ${secret} sha256:${A}`,
      `a write ${secret}`,
      `a write sha256:${secret}`,
    ];
    const parsed = parse(lines.join("\n"));
    expect(parsed.ok ? [] : parsed.error).toHaveLength(lines.length);
    expect(JSON.stringify(parsed)).not.toMatch(/S3cret|aaaa/);
  });
});
