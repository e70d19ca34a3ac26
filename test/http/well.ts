import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { CHECK, dataOf, eras, postCall } from "./mcp-requests.js";
import { sendRaw } from "./raw-http.js";
import type { HttpServer } from "./start-http-server.js";

/** What a server has in use. */
export type Use = { readonly descriptors: number; readonly megabytes: number };

export const useOf = (pid: number): Use => ({
  descriptors: readdirSync(`/proc/${pid}/fd`).length,
  megabytes: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024,
});

/** Serves an ordinary call of each era. */
export const mustServe = async (server: HttpServer): Promise<void> => {
  for (const era of eras) {
    const bearer = server.token === undefined ? {} : { authorization: `Bearer ${server.token}` };
    const answer = await sendRaw(server.port, postCall(era, CHECK, bearer));
    expect({ status: answer.status, verdict: dataOf(answer)?.verdict }).toEqual({ status: 200, verdict: "allow" });
  }
};

/**
 * Serves as before, with no more descriptors than before and little more memory.
 *
 * @param more megabytes; what Node's heap does of its own accord differs from run to run, and Node 24's keeps up to 90 more
 */
export const mustBeWell = async (server: HttpServer, before: Use, more = 200): Promise<void> => {
  await mustServe(server);
  for (const deadline = Date.now() + 10_000; useOf(server.pid).descriptors > before.descriptors; ) {
    if (Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { descriptors, megabytes } = useOf(server.pid);
  expect(descriptors).toBeLessThanOrEqual(before.descriptors);
  expect(megabytes).toBeLessThan(before.megabytes + more);
};

/** Lets a server load what it loads with its first calls. */
export const warmUp = async (server: HttpServer): Promise<void> => {
  for (let round = 0; round < 20; round += 1) await mustServe(server);
};

/** The end of a test file: the server is as well as before, and is stopped whether it is or not. */
export const stopWell = async (server: HttpServer, before: Use, more?: number): Promise<void> => {
  try {
    await mustBeWell(server, before, more);
  } finally {
    await server.stop();
  }
};
