import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseTokenFile } from "../../src/http/auth/tokens/parse-token-file.js";
import { runAwspipe } from "./run-awspipe.js";

describe("awspipe token", () => {
  it.each([
    [["ci"], "write"],
    [["ci", "--read"], "read"],
    [["--read", "ci"], "read"],
  ])("prints a token once, and on stderr what the file keeps of it: %j", async (args, access) => {
    const { code, out, errors } = await runAwspipe(["token", ...args]);
    expect(code).toBe(0);
    expect(out).toMatch(/^awsp_[A-Za-z0-9_-]{43}\n$/);
    const hash = createHash("sha256").update(out.trimEnd()).digest();
    expect(errors.split("\n")).toEqual([
      expect.stringMatching(/^# add the next line to the file that AWS_MCP_TOKEN_FILE names; /),
      `ci ${access} sha256:${hash.toString("hex")}`,
      "",
    ]);
    expect(errors).not.toContain(out.trimEnd());
    // All of stderr can be added to the file as it is.
    expect(parseTokenFile("f", errors)).toEqual({
      ok: true,
      value: [{ principal: { name: "token:ci", access }, hash }],
    });
  });

  it.each([[[]], [["--read"]], [["a", "b"]], [["a", "--read", "--read"]]])("wants one name, not %j", async (args) => {
    expect(await runAwspipe(["token", ...args])).toMatchObject({
      code: 1,
      out: "",
      errors: "awspipe: name the token, as in `awspipe token ci`, with `--read` where it may only read\n",
    });
  });

  it.each([[""], ["--write"], ["a b"], ["a\nb"], [".."], ["a:b"], ["a".repeat(65)]])(
    "makes none that the file could not name: %j",
    async (name) => {
      expect(await runAwspipe(["token", name])).toMatchObject({
        code: 1,
        out: "",
        errors: "awspipe: a token's name is 1 to 64 of A-Z a-z 0-9 . _ @ - and begins with a letter or a digit\n",
      });
    },
  );
});
