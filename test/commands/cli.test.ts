import { describe, expect, it } from "vitest";
import { exitOfVerdict } from "../../src/commands/verdict-exit.js";
import { settingRows } from "../../src/settings.js";
import { runAwspipe } from "./run-awspipe.js";

describe("awspipe", () => {
  it("prints its version", async () => {
    expect(await runAwspipe(["--version"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
      errors: "",
    });
  });

  it.each([["help"], ["--help"]])("explains itself: %s", async (word) => {
    const { code, out } = await runAwspipe([word]);
    expect(code).toBe(0);
    for (const name of ["serve", "run", "check", "doctor", ...settingRows.map((row) => row.name)])
      expect(out).toContain(name);
  });

  it.each([[[]], [["no-such-command"]], [["serve "]], [["--debug"]]])(
    "ends with 64 and explains itself on stderr: %j",
    async (args) => {
      const { code, out, errors } = await runAwspipe(args);
      expect({ code, out }).toEqual({ code: 64, out: "" });
      expect(errors).toMatch(/^usage: awspipe serve/);
    },
  );

  it.each([["run", "echo a"], ["check", "echo a"], ["doctor"], ["serve"]])(
    "does not run with a setting that it does not know: %s",
    async (...args) => {
      const { code, out, errors } = await runAwspipe(args, { environment: { AWS_MCP_SECURITY_MOD: "permissive" } });
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(errors).toMatch(/^awspipe: AWS_MCP_SECURITY_MOD is no setting of this version; there are AWS_MCP_/);
    },
  );
});

describe("exitOfVerdict", () => {
  it("has a status for each verdict", () => {
    expect((["allow", "problem", "ask", "deny"] as const).map(exitOfVerdict)).toEqual([0, 2, 3, 4]);
  });
});
