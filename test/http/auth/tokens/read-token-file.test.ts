import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTokenFile } from "../../../../src/http/auth/tokens/read-token-file.js";

const LINE = `alice write sha256:${"a".repeat(64)}\n`;
const ENTRY = { principal: { name: "token:alice", access: "write" }, hash: Buffer.alloc(32, 0xaa) };

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-tokens-"));
  file = join(folder, "tokens");
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string, mode = 0o600): void => {
  writeFileSync(file, text);
  chmodSync(file, mode);
};

describe("readTokenFile", () => {
  it.each([["0600"], ["0400"], ["0640"], ["0440"], ["0700"]])("reads a file of mode %s", (mode) => {
    write(LINE, Number.parseInt(mode, 8));
    expect(readTokenFile(file)).toEqual([ENTRY]);
  });

  it.each([["0644"], ["0604"], ["0444"], ["0660"], ["0620"], ["0602"], ["0601"], ["0610"], ["0666"], ["0777"]])(
    "reads none of mode %s, which others may read or change",
    (mode) => {
      write(LINE, Number.parseInt(mode, 8));
      expect(() => readTokenFile(file)).toThrow(
        new Error(
          `AWS_MCP_TOKEN_FILE=${file}: the file has mode ${mode}, by which others may read it or change it; \`chmod 600 ${file}\`, or \`defaultMode: 0440\` for a mounted secret`,
        ),
      );
    },
  );

  it("follows links, as mounted secrets are, and looks at what they lead to", () => {
    write(LINE);
    symlinkSync("tokens", join(folder, "..data"));
    symlinkSync("..data", join(folder, "link"));
    expect(readTokenFile(join(folder, "link"))).toEqual([ENTRY]);
    chmodSync(file, 0o644);
    expect(() => readTokenFile(join(folder, "link"))).toThrow(/has mode 0644/);
  });

  it.runIf(process.geteuid?.() === 0)("reads none of another user", () => {
    write(LINE);
    chownSync(file, 12_345, 0);
    expect(() => readTokenFile(file)).toThrow(
      new Error(`AWS_MCP_TOKEN_FILE=${file}: the file belongs to another user`),
    );
  });

  it("reads regular files alone, and waits for nothing", () => {
    mkdirSync(join(folder, "d"), { mode: 0o700 });
    execFileSync("mkfifo", ["-m", "600", join(folder, "fifo")]);
    for (const name of ["d", "fifo"])
      expect(() => readTokenFile(join(folder, name))).toThrow(
        new Error(`AWS_MCP_TOKEN_FILE=${join(folder, name)}: the file is no regular file`),
      );
    expect(() => readTokenFile("/dev/null")).toThrow(/is no regular file$/);
  });

  it("says that there is none", () => {
    expect(() => readTokenFile(file)).toThrow(/^AWS_MCP_TOKEN_FILE=\S+: the file cannot be read: ENOENT[^\n]*$/);
  });

  it("reads at most 256 KiB", () => {
    write(LINE + "#".repeat(262_144 - LINE.length));
    expect(readTokenFile(file)).toEqual([ENTRY]);
    write(LINE + "#".repeat(262_145 - LINE.length));
    expect(() => readTokenFile(file)).toThrow(/the file has 262145 bytes; at most 262144 are read$/);
  });

  it("says every line that is wrong, and none of it", () => {
    write(`${LINE}awsp_secret\nbob write sha256:cafe\n`);
    expect(() => readTokenFile(file)).toThrow(
      new Error(
        [
          `${file}:2: the line is not \`NAME read|write sha256:HEX\`; \`awspipe token NAME\` makes one`,
          `${file}:3: the third word is not \`sha256:\` and 64 of 0-9 a-f`,
        ].join("\n"),
      ),
    );
  });

  it.each([
    ["latin-1", Buffer.from([0x23, 0xe9, 0x0a])],
    ["NUL", Buffer.from([0x23, 0x00, 0x0a])],
  ])("minds nothing in a comment: %s", (_, comment) => {
    writeFileSync(file, Buffer.concat([comment, Buffer.from(LINE)]), { mode: 0o600 });
    expect(readTokenFile(file)).toEqual([ENTRY]);
  });
});
