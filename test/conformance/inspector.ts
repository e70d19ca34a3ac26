import { z } from "zod";
import { needServer } from "../provision/needs.js";
import type { Settings } from "../server/clients.js";
import { runJudge } from "./run-judge.js";

/** How the inspector reaches a server: the server, and what else its command line needs for that. */
export type Target = { readonly server: readonly string[]; readonly options: readonly string[] };

export type Era = "legacy" | "modern";

/** What the inspector has got, or why nothing. */
export type Inspected = Readonly<Record<string, unknown>> | { readonly error: { readonly code: string } };

const result = z.object({ result: z.looseObject({}) });
const failure = z.object({ error: z.object({ code: z.string() }) });

/** A server of its own for each request, with these settings. */
export const overStdio = (settings: Settings): Target => ({
  server: [process.execPath, needServer(), "serve"],
  options: Object.entries(settings).flatMap(([name, value]) => ["-e", `${name}=${value}`]),
});

/** A server that listens; without a token no header is sent. */
export const overHttp = (transport: "http" | "sse", url: URL, token?: string): Target => ({
  server: [url.href],
  options: ["--transport", transport, ...(token === undefined ? [] : ["--header", `Authorization: Bearer ${token}`])],
});

/** Has the inspector send one request as clients of that era do; `request` is the words of its command line for it. */
export const inspect = async (target: Target, era: Era, ...request: readonly string[]): Promise<Inspected> => {
  const always = ["--format", "json", "--quiet", "--stored-auth-only", "--protocol-era", era];
  const args = ["--cli", ...target.server, ...always, ...target.options, "--method", ...request];
  const { ok, stdout, stderr } = await runJudge("inspector", args);
  // It ends with another status than 0 for a tool's own error too.
  if (stdout !== "") return result.parse(JSON.parse(stdout)).result;
  if (ok || !stderr.startsWith("{")) throw new Error(`the inspector says: ${stderr}`);
  return failure.parse(JSON.parse(stderr));
};
