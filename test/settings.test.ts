import { describe, expect, it } from "vitest";
import { readSettings } from "../src/settings.js";

const problemWith = (environment: Readonly<Record<string, string>>): string => {
  try {
    readSettings(environment);
    return "";
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
};

describe("readSettings", () => {
  it.each<[string, string, string]>([
    ["AWS_MCP_PORT", "80x", "must be a whole number"],
    ["AWS_MCP_PORT", "-1", "must be a whole number"],
    ["AWS_MCP_PORT", "65536", "must be at most 65535"],
    ["AWS_MCP_PORT", "9".repeat(400), "must be at most 65535"],
    ["AWS_MCP_MAX_BODY", "1023", "must be at least 1024"],
    ["AWS_MCP_TOKEN_FILE", "tokens", "must be an absolute path"],
    ["AWS_MCP_PUBLIC_URL", "mcp.example.com", "must be an http or https URL"],
    ["AWS_MCP_TRANSPORT", "http", "must be `stdio`, `streamable-http` or `sse`"],
    ["AWS_MCP_REDACT", "no", "must be `on` or `off`"],
    ["AWS_MCP_ALLOWED_HOSTS", "a,,b,", "must be a list of names with commas"],
    ["AWS_MCP_ALLOWED_ORIGINS", "app.example.com", "must be a list of origins such as `https://app.example.com`"],
    ["AWS_MCP_ALLOWED_ACCOUNTS", "1,2", "must be a list of accounts, twelve digits each"],
    ["AWS_MCP_ALLOWED_REGIONS", "EU", "must be a list of regions or patterns such as `eu-*`"],
    ["AWS_MCP_EFFECTS", "egress=ask,egress=deny", "must name each effect once"],
    ...["local=allow", "egress=maybe", "egress", "egress=ask=deny"].map((cells): [string, string, string] => [
      "AWS_MCP_EFFECTS",
      cells,
      "must be cells such as `permissions=ask,egress=deny`, each an effect but `local` and `unknown` with `allow`, `ask` or `deny`",
    ]),
  ])("says of %s=%s what it must be", (name, text, says) => {
    expect(problemWith({ [name]: text })).toBe(`${name}=${text}: ${says}`);
  });

  it.each(["redis:secret", "https://:secret@h", "redis://:sec#ret@h", "redis://:se%cret@h", "redis://secret@h"])(
    "says of AWS_MCP_STATE what it must be, and nothing of what it is, which may hold a password: %s",
    (url) => {
      expect(problemWith({ AWS_MCP_STATE: url })).toMatch(/^AWS_MCP_STATE: must [^:]/);
      expect(problemWith({ AWS_MCP_STATE: url })).not.toContain("ret@");
    },
  );

  it("takes a state store for every transport", () => {
    const state = { AWS_MCP_STATE: "rediss://u:p@h:1/2", AWS_MCP_STATE_KEY_FILE: "/run/secrets/key" };
    for (const AWS_MCP_TRANSPORT of ["stdio", "streamable-http", "sse"])
      expect(readSettings({ ...state, AWS_MCP_TRANSPORT })).toMatchObject(state);
  });

  it("takes the bounds themselves", () => {
    const { AWS_MCP_PORT, AWS_MCP_MAX_BODY } = readSettings({ AWS_MCP_PORT: "65535", AWS_MCP_MAX_BODY: "1024" });
    expect([AWS_MCP_PORT, AWS_MCP_MAX_BODY]).toEqual([65_535, 1024]);
  });
});
