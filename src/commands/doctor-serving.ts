import type { Settings } from "../settings.js";
import { UNDER_WAY } from "./calls-under-way.js";
import { type Line, tryLine } from "./doctor-line.js";

/**
 * What a server with these settings would serve at, and to whom, each with what would keep it from starting.
 *
 * @param now epoch milliseconds
 */
export const transportLines = async (settings: Settings, now: () => number): Promise<readonly Line[]> => {
  switch (settings.AWS_MCP_TRANSPORT) {
    case "stdio":
      return [{ good: true, what: "transport", found: "stdio" }];
    case "streamable-http":
    case "sse": {
      // What only HTTP needs is loaded with it.
      const { findAddress, findTokens } = await import("./doctor-http.js");
      return [
        await tryLine("transport", () => findAddress(settings)),
        await tryLine("tokens", () => findTokens(settings, now)),
      ];
    }
  }
};

/** Where lines of the audit log would go, or why they could not. */
export const auditLine = ({ AWS_MCP_AUDIT_LOG: path }: Settings): Promise<Line> =>
  tryLine("audit log", async () => {
    if (path === undefined) return "stderr";
    const { checkAuditLog } = await import("../audit/check-audit-log.js");
    return `${path} ${checkAuditLog({ path, underWay: UNDER_WAY })}`;
  });
