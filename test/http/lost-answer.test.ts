import { describe, expect, it } from "vitest";
import { lostAnswer, withEventId } from "../../src/http/lost-answer.js";
import { until } from "./session-until.js";

const stream = (...pieces: readonly string[]): Response =>
  new Response(ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))), {
    headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" },
  });
const CALL = { jsonrpc: "2.0", id: 7, method: "tools/call", params: {} };
const PROGRESS = 'event: message\ndata: {"method":"notifications/progress"}\n\n';
const ANSWER = 'event: message\ndata: {"id":7,"result":{}}\n\n';
const COMMENT = ": keepalive\n\n";

const idIn = (text: string): string => /^id: (.+)$/m.exec(text)?.[1] ?? "";
const withoutId = (text: string): string => text.replace(/^id: .+\nretry: 500\n/m, "ID\n");
const resume = (id: string, method = "GET"): Request =>
  new Request("http://localhost/mcp", { method, headers: { "last-event-id": id } });

describe("withEventId", () => {
  it("gives the first event of a stream an id, and leaves everything else as it is", async () => {
    const marked = withEventId(stream(COMMENT, PROGRESS, PROGRESS, COMMENT, ANSWER), CALL);
    expect(Object.fromEntries(marked.headers)).toEqual({
      "content-type": "text/event-stream",
      "x-accel-buffering": "no",
    });
    expect(withoutId(await marked.text())).toBe(`${COMMENT}ID\n${PROGRESS}${PROGRESS}${COMMENT}${ANSWER}`);
  });

  it("lets an event without data go before, where the stream is to be lost at any time", async () => {
    const text = await withEventId(stream(COMMENT, ANSWER), CALL, true).text();
    expect(withoutId(text)).toBe(`ID\ndata: \n\n${COMMENT}${ANSWER}`);
  });

  it("gives no two streams the same id", async () => {
    const texts = await Promise.all(Array.from({ length: 50 }, () => withEventId(stream(ANSWER), CALL).text()));
    expect(new Set(texts.map(idIn)).size).toBe(50);
  });

  it.each([
    ["an answer that is no stream", Response.json({}), CALL],
    ["an answer without a body", new Response(null, { status: 202 }), CALL],
    ["a stream that waits for changes", stream(PROGRESS), { ...CALL, method: "subscriptions/listen" }],
    ["the stream of several requests", stream(PROGRESS), [CALL, { ...CALL, id: 8 }]],
    ["the stream of no request", stream(PROGRESS), undefined],
    [
      "the stream of a request whose id is too long to be asked for",
      stream(PROGRESS),
      { ...CALL, id: "i".repeat(257) },
    ],
  ])("leaves %s as it is", (_, answer, body) => {
    expect(withEventId(answer, body, true)).toBe(answer);
  });

  it("tells the library when its client has gone", async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      cancel: () => {
        isCancelled = true;
      },
    });
    const endless = new Response(body, { headers: { "content-type": "text/event-stream" } });
    await withEventId(endless, CALL).body?.cancel();
    await until(() => isCancelled);
  });
});

describe("lostAnswer", () => {
  it.each([[7], [-1.5], ["a"], ["ü\n…"], ["i".repeat(256)]])(
    "names the request %j that a stream was for",
    async (id) => {
      const lost = await withEventId(stream(PROGRESS), { ...CALL, id }).text();
      const answer = lostAnswer(resume(idIn(lost)));
      expect(answer?.headers.get("content-type")).toBe("text/event-stream");
      const [, data = ""] = /^event: message\ndata: (.+)\n\n$/.exec((await answer?.text()) ?? "") ?? [];
      expect(JSON.parse(data)).toEqual({
        jsonrpc: "2.0",
        id,
        error: {
          code: -32_000,
          message:
            "the connection broke before this call was answered: the server that ran it has died, or has ended the call with the connection; what it did by then is not known, so look before you send it again",
        },
      });
    },
  );

  const encoded = (text: string): string => Buffer.from(text).toString("base64url");
  it.each([
    ["no id", ""],
    ["an id of somebody else's", "42"],
    ["an id that is no JSON", `awspipe.abcdefghijkl.${encoded("{")}`],
    ["an id that is no request's", `awspipe.abcdefghijkl.${encoded("[7]")}`],
    ["an id that is nothing", `awspipe.abcdefghijkl.${encoded("null")}`],
    ["an id with more behind it", `awspipe.abcdefghijkl.${encoded("7")}.x`],
  ])("has nothing for a request with %s", (_, id) => {
    expect(lostAnswer(resume(id))).toBeUndefined();
  });

  it("has nothing for a request that is no GET", async () => {
    const id = idIn(await withEventId(stream(PROGRESS), CALL).text());
    expect(lostAnswer(resume(id))).toBeDefined();
    expect(lostAnswer(resume(id, "POST"))).toBeUndefined();
  });
});
