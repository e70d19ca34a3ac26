import type { IncomingMessage, ServerResponse } from "node:http";
import type { AuthInfo } from "@modelcontextprotocol/server";
import type { ServerParts } from "../server/create-server.js";

/** Whoever sends a request, and what is its own. */
export type Caller = { readonly parts: ServerParts; readonly authInfo: AuthInfo };

/** MCP on some paths of an HTTP server. */
export type Endpoint = {
  readonly paths: readonly string[];
  /** Answers a request whose sender is known; its body is unread. */
  readonly serve: (request: IncomingMessage, response: ServerResponse, caller: Caller) => Promise<void>;
  /** Ends what stays open between requests. */
  readonly close: () => Promise<void>;
};
