/**
 * Where an issuer's metadata may be, in the order to look: RFC 8414, 3.1 puts the well-known part before the issuer's path,
 * OpenID Connect Discovery 1.0, 4 behind it; MCP 2026-07-28 asks for both.
 */
export const metadataUrls = (issuer: string): readonly URL[] => {
  const path = new URL(issuer).pathname.replace(/\/$/, "");
  const paths = [
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
    `${path}/.well-known/openid-configuration`,
  ];
  return [...new Set(paths)].map((each) => at(issuer, each));
};

// A path that begins with two slashes would name a host if it were resolved.
const at = (issuer: string, path: string): URL => {
  const url = new URL(issuer);
  url.pathname = path;
  return url;
};
