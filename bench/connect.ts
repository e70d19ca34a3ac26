import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

export type Connection = {
  readonly client: Client;
  /** Process id of the server. */
  readonly pid: number;
  /** What the server has logged so far. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
};

/**
 * Starts the built server over stdio with a HOME of its own, and connects the SDK's client to it.
 *
 * @param person whether somebody says yes to a question; without one the client cannot ask
 */
export async function connect(
  server: string,
  settings: Readonly<Record<string, string>>,
  person?: (question: string) => boolean,
): Promise<Connection> {
  const home = mkdtempSync(join(tmpdir(), "awspipe-home-"));
  const env = { PATH: process.env.PATH ?? "", ...settings, HOME: home };
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [server, "serve"],
    env,
    stderr: "pipe",
  });
  let logged = "";
  transport.stderr?.on("data", (chunk: Buffer) => {
    logged += chunk.toString();
  });
  const client = new Client(
    { name: "awspipe-demo", version: "1" },
    { versionNegotiation: { mode: "auto" }, ...(person === undefined ? {} : { capabilities: { elicitation: {} } }) },
  );
  if (person !== undefined)
    client.setRequestHandler("elicitation/create", async ({ params }) =>
      person(params.message) ? { action: "accept", content: { approve: true } } : { action: "decline" },
    );
  try {
    await client.connect(transport);
  } catch (error) {
    throw new Error(`the server did not start: ${logged}`, { cause: error });
  }
  const close = async () => {
    await client.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { client, pid: transport.pid ?? 0, log: () => logged, close };
}
