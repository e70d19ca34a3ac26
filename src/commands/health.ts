import { get } from "node:http";
import { urlAt } from "../http/listen.js";
import { readSettings, type Settings } from "../settings.js";

/**
 * Asks the server that runs with this environment whether it takes requests (`/readyz`), as a container's health check does
 * from inside; prints what it says. A server on stdio has no port, and lives as long as its container.
 *
 * @returns 0 when it takes requests, 1 when it does not, or does not say so within two seconds
 */
export const health = async (args: readonly string[]): Promise<number> => {
  if (args.length > 0)
    throw new Error("`health` takes no arguments; settings come from the environment, as the server's do");
  const settings = readSettings(process.env);
  switch (settings.AWS_MCP_TRANSPORT) {
    case "stdio":
      process.stdout.write("stdio: there is nothing to ask\n");
      return 0;
    case "streamable-http":
    case "sse":
      return askReadiness(settings);
  }
};

const askReadiness = async ({ AWS_MCP_HOST: host, AWS_MCP_PORT: port }: Settings): Promise<number> => {
  if (port === 0) throw new Error("AWS_MCP_PORT=0: only the server itself knows which port it got; give it a number");
  const url = urlAt(FROM_INSIDE[host] ?? host, port, "/readyz");
  try {
    const { status, text } = await answerAt(url);
    process.stdout.write(`${text.trim()}\n`);
    return status === 200 ? 0 : 1;
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? cause.code : String(cause);
    throw new Error(`${url.href} does not answer (${why})`, { cause });
  }
};

/** Where one reaches from inside what listens at all addresses. */
const FROM_INSIDE: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** Milliseconds. A container's own limit is above it, so that what is wrong gets said. */
const PATIENCE = 2_000;

/** Characters of the answer; ours is one word, and whatever else listens there may never come to an end. */
const MOST = 1_000;

const answerAt = (url: URL): Promise<{ readonly status: number | undefined; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE);
    const asking = get(url, { agent: false, signal }, (response) => {
      let text = "";
      const finish = () => resolve({ status: response.statusCode, text: text.slice(0, MOST) });
      response.setEncoding("utf8").on("data", (more: string) => {
        text += more;
        if (text.length < MOST) return;
        finish();
        response.destroy();
      });
      response.on("end", finish);
      response.on("error", reject);
    });
    asking.on("error", reject);
  });
