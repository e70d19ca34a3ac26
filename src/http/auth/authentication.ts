import type { IncomingMessage } from "node:http";
import type { AuthInfo } from "@modelcontextprotocol/server";

/** Finds out who sends HTTP requests. */
export type Authentication = {
  /** Whoever sends a request, or the answer for somebody who is not let in. Reads nothing of the body. */
  readonly authenticate: (request: Asking) => Promise<AuthInfo | Response>;
  /** The protected resource's metadata (RFC 9728); nothing for other paths, and where there is none. */
  readonly metadata: (request: Request) => Response | undefined;
  /** What the operator is told at the start. */
  readonly says: AuthenticationNote;
};

/** What authentication looks at: every header as it came, since a second `Authorization` is not in `headers`. */
export type Asking = Pick<IncomingMessage, "headersDistinct" | "url">;

/** How clients prove who they are. No secret is in it. */
export type AuthenticationNote =
  | { readonly auth: "token-file"; readonly token_file: string; readonly principals: number }
  | { readonly auth: "random-token"; readonly token_file: string; readonly principals: 1 }
  | { readonly auth: "oauth"; readonly issuer: string; readonly audience: string }
  | { readonly auth: "none" };
