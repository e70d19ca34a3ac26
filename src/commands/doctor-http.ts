import { once } from "node:events";
import { createServer } from "node:net";
import { checkAuthSettings } from "../http/auth/check-auth-settings.js";
import { readTokenFile } from "../http/auth/tokens/read-token-file.js";
import { createGuards } from "../http/guards.js";
import { listen, urlAt } from "../http/listen.js";
import type { Settings } from "../settings.js";

/** Where HTTP would be served; tried for a moment. Throws what a start would throw. */
export const findAddress = async (settings: Settings): Promise<string> => {
  const { AWS_MCP_TRANSPORT: transport, AWS_MCP_HOST: host, AWS_MCP_PORT: port } = settings;
  const isTaken = await takenPlace(settings);
  createGuards(settings);
  const at = `${transport} at ${urlAt(host, port, "").origin}, authentication: ${settings.AWS_MCP_HTTP_AUTH}`;
  return isTaken ? `${at}; something listens there already, as this server does where it runs` : at;
};

// Where it was found to be taken nothing is wrong: whoever asks may ask about a server that runs.
const takenPlace = async (settings: Settings): Promise<boolean> => {
  const server = createServer((socket) => socket.destroy());
  try {
    await listen(server, settings);
    server.close();
    await once(server, "close");
    return false;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE") return true;
    throw cause;
  }
};

/** Whose tokens would be taken. Throws what a start would throw, and where the issuer's keys are not had. */
export const findTokens = async (settings: Settings, now: () => number): Promise<string> => {
  checkAuthSettings(settings);
  const { AWS_MCP_TOKEN_FILE: file } = settings;
  switch (settings.AWS_MCP_HTTP_AUTH) {
    case "token":
      if (file === undefined) return "a random one, which each server makes and writes to a file";
      return `${file}, principals: ${readTokenFile(file).length}`;
    case "oauth":
      return findIssuer(settings, now);
    case "none":
      return "none: whoever reaches this machine's loopback is let in";
  }
};

const findIssuer = async (settings: Settings, now: () => number): Promise<string> => {
  const { oauthSettings } = await import("../http/auth/oauth/oauth-settings.js");
  const { issuerKeys } = await import("../http/auth/oauth/issuer-keys.js");
  // Without a public URL it is loopback's, of which only the port is open yet.
  const oauth = oauthSettings(settings, new URL(settings.AWS_MCP_PUBLIC_URL ?? "http://localhost/"));
  const keys = issuerKeys(oauth, now);
  try {
    await keys.reload();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the keys of AWS_MCP_OAUTH_ISSUER cannot be had: ${why}`, { cause });
  }
  return `${oauth.issuer}, keys: ${keys.jwks()?.keys.length ?? 0}`;
};
