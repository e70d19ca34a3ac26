import { rpcError } from "./web-response.js";

/** Whether the server takes requests: it does from the start of listening until it is told to stop. */
export type Readiness = { isReady: boolean };

/**
 * The answers to `/healthz`, whether the process lives, and `/readyz`, whether it takes requests; nothing for other paths.
 * Whoever asks for them needs no token and may call the server by any name, as a kubelet does.
 */
export const healthAnswer = (method: string, path: string, { isReady }: Readiness): Response | undefined => {
  if (path !== "/healthz" && path !== "/readyz") return undefined;
  if (!METHODS.includes(method)) return rpcError(405, "method not allowed", { allow: METHODS.join(", ") });
  if (path === "/healthz") return plain("ok", 200);
  return isReady ? plain("ready", 200) : plain("stopping", 503);
};

const METHODS: readonly string[] = ["GET", "HEAD"];

const plain = (word: string, status: number): Response =>
  new Response(`${word}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
