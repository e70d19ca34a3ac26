import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchDocument } from "../../../../src/http/auth/oauth/fetch-document.js";
import { type Answer, type Issuer, startIssuer } from "./issuer.js";

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const fetched = (answer: Answer, signal = AbortSignal.timeout(5000)): Promise<unknown> => {
  issuer.put("/doc", answer);
  return fetchDocument(new URL("/doc", issuer.url), signal);
};
const at = () => `${issuer.url}/doc`;

describe("fetchDocument", () => {
  it("gives the JSON of an answer 200", async () => {
    expect(await fetched({ a: [1, "\u00e9"] })).toEqual({ a: [1, "\u00e9"] });
    const packed = gzipSync('{"a":1}');
    expect(await fetched((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed))).toEqual({
      a: 1,
    });
  });

  it("follows no redirection", async () => {
    issuer.put("/elsewhere", { a: 1 });
    const before = issuer.asked.length;
    const moved = fetched((response) => response.writeHead(302, { location: "/elsewhere" }).end());
    await expect(moved).rejects.toThrow(new Error(`${at()} answers 302`));
    expect(issuer.asked.slice(before)).toEqual(["/doc"]);
  });

  it.each([[204], [401], [404], [500], [503]])("takes no answer %i", async (status) => {
    await expect(fetched((response) => response.writeHead(status).end("{}"))).rejects.toThrow(
      new Error(`${at()} answers ${status}`),
    );
  });

  it.each([[""], ["<html>"], ["{"], ['{"a":"\u00e9"}']])("takes nothing that is no JSON in UTF-8: %j", async (text) => {
    await expect(fetched((response) => response.end(Buffer.from(text, "latin1")))).rejects.toThrow(
      new Error(`${at()} answers with what is no JSON`),
    );
  });

  it("reads at most 256 KiB, however much comes", async () => {
    const text = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));
    expect(await fetched((response) => response.end(text(262_144)))).toHaveLength(262_142);
    let closed = false;
    const endless = fetched((response) => {
      const more = setInterval(() => response.write("x".repeat(65_536)), 1);
      response.on("close", () => {
        closed = true;
        clearInterval(more);
      });
    });
    await expect(endless).rejects.toThrow(new Error(`${at()} answers with more than 262144 bytes`));
    await expect.poll(() => closed).toBe(true);
    // A small answer that unpacks to a large one.
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    await expect(
      fetched((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb)),
    ).rejects.toThrow(new Error(`${at()} answers with more than 262144 bytes`));
  });

  it("waits as long as it is told to, for the first byte and for the last", async () => {
    const silent = fetched(() => undefined, AbortSignal.timeout(100));
    await expect(silent).rejects.toThrow(/\/doc cannot be reached: The operation was aborted due to timeout$/);
    const stuck = fetched((response) => response.write('{"a":'), AbortSignal.timeout(100));
    await expect(stuck).rejects.toThrow(/\/doc cannot be reached: The operation was aborted due to timeout$/);
  });

  it("says why nobody answers", async () => {
    const gone = await startIssuer();
    gone.close();
    await expect(fetchDocument(new URL(gone.keysUrl), AbortSignal.timeout(5000))).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:\d+\/keys cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:\d+$/,
    );
    await expect(fetched((response) => response.destroy())).rejects.toThrow(/\/doc cannot be reached: /);
  });
});
