import type { EgressSettings, Upstream } from "./egress-settings.js";
import { authorityOf, type Target } from "./read-target.js";

/** The operator's proxy that leads to a target, if any: as the AWS CLI would choose it, without ours between them. */
export const upstreamFor = (
  { upstreams, direct }: EgressSettings,
  scheme: "http" | "https",
  target: Target,
): Upstream | undefined => (isDirect(direct, target) ? undefined : upstreams[scheme]);

// urllib.request.proxy_bypass_environment: names and everything below them, with or without the port; no networks.
const isDirect = (direct: readonly string[], target: Target): boolean => {
  if (direct.length === 1 && direct[0] === "*") return true;
  const withPort = authorityOf(target);
  const spellings = [withPort, withPort.replace(/:[0-9]+$/, "")];
  return direct.some((entry) => spellings.some((spelling) => spelling === entry || spelling.endsWith(`.${entry}`)));
};
