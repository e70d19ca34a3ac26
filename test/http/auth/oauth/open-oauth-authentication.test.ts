import { describe, expect, it, vi } from "vitest";
import { openAuthentication } from "../../../../src/http/auth/open-authentication.js";
import { log } from "../../../../src/log.js";
import { PLAIN } from "../asking.js";
import { type Issuer, startIssuer } from "./issuer.js";

vi.mock(import("../../../../src/log.js"), () => ({ log: vi.fn() }));

const open = ({ url }: Issuer) =>
  openAuthentication(
    { ...PLAIN, AWS_MCP_HTTP_AUTH: "oauth", AWS_MCP_OAUTH_ISSUER: url },
    { resource: new URL("http://127.0.0.1:8000/mcp"), directory: "/nonexistent", now: Date.now },
  );

describe("openOAuthAuthentication", () => {
  it("says whose tokens are taken and serves the resource's metadata", async () => {
    const issuer = await startIssuer();
    const { says, metadata } = await open(issuer);
    expect(says).toEqual({ auth: "oauth", issuer: issuer.url, audience: "http://127.0.0.1:8000/mcp" });
    const response = metadata(new Request("http://evil.example/.well-known/oauth-protected-resource/mcp"));
    expect(await response?.json()).toMatchObject({
      resource: "http://127.0.0.1:8000/mcp",
      authorization_servers: [issuer.url],
    });
    issuer.close();
  });

  it("says at once what is wrong with the issuer, and starts all the same", async () => {
    const gone = await startIssuer();
    gone.close();
    await open(gone);
    const message = expect.stringContaining(
      `the keys of AWS_MCP_OAUTH_ISSUER cannot be had: ${gone.url}/.well-known/oauth-authorization-server cannot be reached`,
    );
    await expect.poll(() => vi.mocked(log).mock.calls).toContainEqual([{ event: "warning", message }]);
  });
});
