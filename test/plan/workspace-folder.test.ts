import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFolderOperand, readOutputOperand } from "../../src/plan/workspace-file.js";

const folder = (text: string, workspace = "/ws") => {
  const result = readFolderOperand(text, workspace);
  return result.ok ? result.value : result.error.code;
};

const output = (text: string) => {
  const result = readOutputOperand(text, "/ws");
  return result.ok ? result.value : result.error.code;
};

describe("readFolderOperand", () => {
  it.each([".", "./", ".//", "././.", "./.", "/ws", "/ws/", "/ws//"])("reads %s as the workspace", (text) => {
    expect(folder(text)).toBe("/ws");
    expect(folder(text, "/ws/")).toBe("/ws");
  });

  it.each([
    ["a", "/ws/a"],
    ["a/", "/ws/a"],
    ["a///", "/ws/a"],
    ["./a/b/", "/ws/a/b"],
    ["/ws/a/", "/ws/a"],
    ["-", "/ws/-"],
    ["-l", "/ws/-l"],
    ["@result/", "/ws/@result"],
  ])("reads %j as %s", (text, path) => expect(folder(text)).toBe(path));

  it.each(["..", "../", "./..", "../.", "a/..", "a/../", "/", "//", "/etc", "/ws/..", "/wsx", "~", "~/"])(
    "finds %s outside",
    (text) => expect(folder(text)).toBe("file-outside-workspace"),
  );

  it.each(["", "...", "....", ".a", ".a/", "a/.b", "./.a", "a\0"])("refuses the name %j", (text) => {
    expect(folder(text)).toBe("bad-file-name");
  });

  it.each(["*", "a/*", "logs-?/"])("takes the pattern %s for no name", (text) => {
    expect(folder(text)).toBe("glob");
    expect(output(text)).toBe("glob");
  });

  it("never leaves the workspace, whatever the text", () => {
    const part = fc.constantFrom("..", ".", "", "a", "ws", ".x", "~", "etc");
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join("/")),
    );
    fc.assert(
      fc.property(text, (operand) => {
        const result = readFolderOperand(operand, "/ws");
        if (!result.ok) return;
        const names = result.value.split("/").slice(1);
        expect(names[0]).toBe("ws");
        expect(names.filter((name) => name === "" || name.startsWith("."))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("is quick with slashes in a row", () => {
    const start = performance.now();
    expect(folder(`a${"/".repeat(120_000)}b`)).toBe("/ws/a/b");
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe("readOutputOperand", () => {
  it.each([
    ["a.txt", "/ws/a.txt"],
    ["./a/b.txt", "/ws/a/b.txt"],
    ["/ws/a.txt", "/ws/a.txt"],
    ["-a", "/ws/-a"],
  ])("reads %s as %s", (text, path) => expect(output(text)).toBe(path));

  it.each(["-", "/dev/stdin", "/dev/fd/0", "/dev/stdout", ".", "", "a/", ".a", "a/.b"])(
    "takes %s for no file",
    (text) => {
      expect(output(text)).toBe("bad-file-name");
    },
  );

  it.each([
    "@result",
    "@result/x",
    "./@result/x",
    ".//@result//x",
    "/ws/@result/x",
    "/ws//./@result/a/b",
    "@RESULT/x",
    "@Re\u017fult/x",
    "\uff20result/x",
    "@re\u200bsult/x",
    "@result/@result",
  ])("keeps %j for results", (text) => expect(output(text)).toBe("reserved-folder"));

  it.each([
    ["@results/x", "/ws/@results/x"],
    ["result/x", "/ws/result/x"],
    ["a/@result", "/ws/a/@result"],
    ["@", "/ws/@"],
    ["@result.txt", "/ws/@result.txt"],
  ])("does not keep %s", (text, path) => expect(output(text)).toBe(path));

  it("says what may be done there, and where else a file may go", () => {
    expect(readOutputOperand("./@result/x", "/ws/")).toEqual({
      ok: false,
      error: {
        code: "reserved-folder",
        message: "`./@result/x` lies where the server keeps results, and commands only read there",
        hint: "name a file elsewhere in the workspace, such as `notes.txt`",
      },
    });
  });

  it.each(["/dev/stderr", "/dev/fd/1", "/proc/self/fd/1", "/dev/null", "/etc/x", "../a", "a/../b", "~/a"])(
    "finds %s outside",
    (text) => expect(output(text)).toBe("file-outside-workspace"),
  );
});
