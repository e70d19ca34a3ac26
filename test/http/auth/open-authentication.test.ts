import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuthSettings } from "../../../src/http/auth/check-auth-settings.js";
import { openAuthentication } from "../../../src/http/auth/open-authentication.js";
import { hashToken } from "../../../src/http/auth/tokens/hash-token.js";
import { newToken } from "../../../src/http/auth/tokens/new-token.js";
import { tokenLine } from "../../../src/http/auth/tokens/token-entry.js";
import { type Asker, asking, bearer, PLAIN } from "./asking.js";

const RESOURCE = new URL("http://127.0.0.1:8000/mcp");

let folder = "";
let asker: Asker | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-auth-"));
});
afterEach(() => {
  asker?.close();
  asker = undefined;
  rmSync(folder, { recursive: true });
});

const open = async (set: Partial<AuthSettings>) => {
  const parts = { resource: RESOURCE, directory: folder, now: Date.now };
  const authentication = await openAuthentication({ ...PLAIN, ...set }, parts);
  asker = await asking(authentication);
  return { ...authentication, ask: asker.ask };
};

const info = (principal: string, access: "read" | "write") => ({
  token: "",
  clientId: principal,
  scopes: [`awspipe:${access}`],
  extra: { principal, access },
});

const UNKNOWN = 'Bearer error="invalid_token", error_description="the token is none of this server\'s"';

describe("openAuthentication", () => {
  it("knows senders by the operator's file", async () => {
    const [alice, bob] = [newToken(), newToken()];
    const file = join(folder, "tokens");
    const lines = [tokenLine("alice", "write", hashToken(alice)), tokenLine("bob", "read", hashToken(bob))];
    writeFileSync(file, `# people\n${lines.join("\n")}\n`, { mode: 0o600 });
    const { ask, says, metadata } = await open({ AWS_MCP_TOKEN_FILE: file });
    expect(says).toEqual({ auth: "token-file", token_file: file, principals: 2 });
    expect(metadata(new Request("http://x/.well-known/oauth-protected-resource"))).toBe(undefined);
    expect((await ask(bearer(alice))).auth).toEqual(info("token:alice", "write"));
    expect((await ask({ authorization: `bEaReR  ${bob}` })).auth).toEqual(info("token:bob", "read"));
    expect(await ask(bearer(newToken()))).toMatchObject({ status: 401, challenge: UNKNOWN, stored: "no-store" });
    // The hash of a token is no token.
    expect(await ask(bearer(hashToken(alice).toString("hex")))).toMatchObject({ status: 401 });
    // As it was at the start.
    writeFileSync(file, `${lines[1]}\n`);
    expect((await ask(bearer(alice))).status).toBe(200);
    expect(readdirSync(folder)).toEqual(["tokens"]);
  });

  it("takes no password, though its hash is in the file", async () => {
    const file = join(folder, "tokens");
    writeFileSync(file, tokenLine("lazy", "write", hashToken("hunter2")), { mode: 0o600 });
    const { ask } = await open({ AWS_MCP_TOKEN_FILE: file });
    expect(await ask(bearer("hunter2"))).toMatchObject({
      status: 401,
      challenge: 'Bearer error="invalid_token", error_description="the token is none that `awspipe token` makes"',
    });
  });

  it("makes a token where there is no file, and says where it is but not what", async () => {
    const { ask, says } = await open({});
    expect(says).toEqual({ auth: "random-token", token_file: join(folder, "http-token"), principals: 1 });
    const token = readFileSync(join(folder, "http-token"), "utf8").trimEnd();
    expect(JSON.stringify(says)).not.toContain(token);
    expect((await ask(bearer(token))).auth).toEqual(info("token:random", "write"));
    expect(await ask(bearer(newToken()))).toMatchObject({ status: 401, challenge: UNKNOWN });
  });

  it("sees every header that was sent, and the URL", async () => {
    const { ask } = await open({});
    const token = readFileSync(join(folder, "http-token"), "utf8").trimEnd();
    expect(await ask({})).toMatchObject({ status: 401, challenge: 'Bearer realm="awspipe"' });
    expect(await ask({ authorization: "Basic YTpi" })).toMatchObject({
      status: 401,
      challenge: 'Bearer realm="awspipe"',
    });
    for (const authorization of [
      [`Bearer ${token}`, `Bearer ${token}`],
      [`Bearer ${token}`, `Bearer ${newToken()}`],
      ["Basic YTpi", `Bearer ${token}`],
      [`Bearer ${token}, Bearer ${token}`],
      [`Bearer ${token} ${token}`],
    ])
      expect((await ask({ authorization })).status).toBe(400);
    expect((await ask(bearer(token), `/mcp?access_token=${token}`)).status).toBe(400);
    expect((await ask({}, `/mcp?access_token=${token}`)).status).toBe(400);
    expect((await ask({ "proxy-authorization": `Bearer ${token}`, cookie: `access_token=${token}` })).status).toBe(401);
    expect((await ask(bearer("a".repeat(9000)))).status).toBe(431);
  });

  it("says nothing of a token to whoever sent it", async () => {
    const { ask } = await open({});
    const token = newToken();
    for (const headers of [bearer(token), bearer(`${token} ${token}`), { authorization: [`Bearer ${token}`, token] }])
      expect(JSON.stringify(await ask(headers))).not.toContain(token.slice(5));
  });

  it("asks nobody where the operator wants that, on loopback", async () => {
    const { ask, says, metadata } = await open({ AWS_MCP_HTTP_AUTH: "none" });
    expect(says).toEqual({ auth: "none" });
    expect(metadata(new Request("http://x/.well-known/oauth-protected-resource"))).toBe(undefined);
    for (const headers of [{}, bearer("x"), { authorization: ["a", "b"] }])
      expect((await ask(headers)).auth).toEqual(info("local", "write"));
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each<[Partial<AuthSettings>, RegExp]>([
    [{ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_HOST: "0.0.0.0" }, /^AWS_MCP_HTTP_AUTH=none is for loopback alone/],
    [{ AWS_MCP_OAUTH_ISSUER: "https://as.example" }, /^AWS_MCP_OAUTH_ISSUER: only for AWS_MCP_HTTP_AUTH=oauth/],
    [{ AWS_MCP_TOKEN_FILE: "/dev/null" }, /^AWS_MCP_TOKEN_FILE=\/dev\/null: the file is no regular file/],
    [{ AWS_MCP_HTTP_AUTH: "oauth" }, /^AWS_MCP_HTTP_AUTH=oauth needs AWS_MCP_OAUTH_ISSUER/],
    [
      { AWS_MCP_HTTP_AUTH: "oauth", AWS_MCP_OAUTH_ISSUER: "http://as.example" },
      /^AWS_MCP_OAUTH_ISSUER: the URL is neither https nor http to loopback$/,
    ],
  ])("opens nothing with %j", async (set, problem) => {
    await expect(open(set)).rejects.toThrow(problem);
    expect(readdirSync(folder)).toEqual([]);
  });
});
