import { Agent, request } from "node:http";

/** What a crowd of clients has seen. */
export type Crowd = {
  readonly calls: number;
  /** What went wrong, and how often. */
  readonly errors: ReadonlyMap<string, number>;
  /** Milliseconds of each call, the shortest first. */
  readonly times: readonly number[];
};

/** A call of a tool, by its protocol version. */
export type Call = { readonly era: "2026-07-28" | "2025-11-25"; readonly tool: string; readonly command: string };

const ENVELOPE = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

/**
 * Clients that call one after the other for some time, each on a connection that it keeps.
 *
 * @param callOf the call of each client, by its number
 */
export async function crowd(
  url: URL,
  clients: number,
  milliseconds: number,
  callOf: (client: number) => Call,
): Promise<Crowd> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const errors = new Map<string, number>();
  const times: number[] = [];
  const end = Date.now() + milliseconds;
  const work = async (client: number): Promise<void> => {
    while (Date.now() < end) {
      const started = performance.now();
      const wrong = await send(url, agent, callOf(client)).catch(({ message }: Error) => message);
      times.push(performance.now() - started);
      if (wrong !== undefined) errors.set(wrong, (errors.get(wrong) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  agent.destroy();
  return { calls: times.length, errors, times: times.toSorted((a, b) => a - b) };
}

/** Gives what is wrong with the answer, or nothing. */
function send(url: URL, agent: Agent, { era, tool, command }: Call): Promise<string | undefined> {
  const isModern = era === "2026-07-28";
  const params = { name: tool, arguments: { command }, ...(isModern ? { _meta: ENVELOPE } : {}) };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
  const headers = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "content-length": Buffer.byteLength(body),
    "mcp-protocol-version": era,
    ...(isModern ? { "mcp-method": "tools/call", "mcp-name": tool } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () => resolve(wrongWith(response.statusCode, text)));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const wrongWith = (status: number | undefined, text: string): string | undefined =>
  status === 200 && text.includes('"structuredContent"') && !text.includes('"isError":true')
    ? undefined
    : `${status} ${text.slice(0, 200)}`;
