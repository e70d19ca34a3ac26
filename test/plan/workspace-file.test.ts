import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFileOperand } from "../../src/plan/workspace-file.js";

const read = (text: string, workspace = "/ws") => {
  const result = readFileOperand(text, workspace);
  if (!result.ok) return result.error.code;
  return result.value.kind === "stdin" ? "stdin" : result.value.path;
};

describe("readFileOperand", () => {
  it.each([
    ["a.txt", "/ws/a.txt"],
    ["dir/b.txt", "/ws/dir/b.txt"],
    ["./a", "/ws/a"],
    ["a//b", "/ws/a/b"],
    ["a/./b", "/ws/a/b"],
    ["/ws/a", "/ws/a"],
    ["/ws//a", "/ws/a"],
    ["-n", "/ws/-n"],
    ["a b", "/ws/a b"],
    ["a..b", "/ws/a..b"],
    ["@result/0123", "/ws/@result/0123"],
  ])("reads %j as %s", (text, path) => expect(read(text)).toBe(path));

  it.each(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])("reads %s as standard input", (text) => {
    expect(read(text)).toBe("stdin");
  });

  it.each(["/etc/passwd", "/ws", "/wsx/a", "/", "..", "a/../b", "/ws/../x", "~/x", "~root", "//ws/a"])(
    "finds %s outside",
    (text) => {
      expect(read(text)).toBe("file-outside-workspace");
    },
  );

  it.each(["", ".", "./", "a/", "a/.", ".env", "a/.b/c", "...", "a\0", "/ws/"])("refuses the name %j", (text) => {
    expect(read(text)).toBe("bad-file-name");
  });

  it.each(["*.txt", "a?", "logs/*/x.csv", "a*/", "/ws/*", "**", ".*"])("takes the pattern %s for no name", (text) => {
    expect(read(text)).toBe("glob");
  });

  it.each([
    ["[a].txt", "/ws/[a].txt"],
    ["a{b,c}", "/ws/a{b,c}"],
    ["a!", "/ws/a!"],
  ])("reads %s, which names a file that may be there", (text, path) => expect(read(text)).toBe(path));

  it.each(["/etc/*", "../*", "~/*.txt"])("finds %s outside all the same", (text) => {
    expect(read(text)).toBe("file-outside-workspace");
  });

  it("says how the files of a pattern are found", () => {
    expect(readFileOperand("logs/*.txt", "/ws")).toEqual({
      ok: false,
      error: {
        code: "glob",
        message: "`logs/*.txt` is a pattern, and none is replaced by the names of files that fit it",
        hint: "list them with `find . -name '*.txt'`, then name each file",
      },
    });
    expect(readFileOperand("it's*", "/ws")).toMatchObject({ error: { hint: expect.stringContaining("'*'") } });
  });

  it("takes a workspace with a slash at its end, and the root", () => {
    expect(read("a", "/ws/")).toBe("/ws/a");
    expect(read("/a", "/")).toBe("/a");
  });

  it("never leaves the workspace, whatever the text", () => {
    const part = fc.constantFrom("..", ".", "", "a", "ws", ".x", "~", "etc", "proc");
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join("/")),
    );
    fc.assert(
      fc.property(text, (operand) => {
        const result = readFileOperand(operand, "/ws");
        if (!result.ok || result.value.kind === "stdin") return;
        const names = result.value.path.split("/").slice(1);
        expect(names[0]).toBe("ws");
        expect(names.length).toBeGreaterThan(1);
        expect(names.filter((name) => name === "" || name.startsWith("."))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
