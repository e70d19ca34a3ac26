import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { saying } from "./between.js";
import { openState, until } from "./open-state.js";
import { closeAll, isSpending, LONG, ownRedis, spendOne, via } from "./spending.js";
import { freePort, PASSWORD, type Redis, startRedis } from "./start-redis.js";

let redis: Redis;
beforeAll(async () => {
  redis = await startRedis();
  return () => redis.remove();
});
afterEach(closeAll);

describe("the store", () => {
  it("is given hashes and nothing else, each for as long as it counts", async () => {
    const own = await ownRedis();
    const { store } = openState(own.url);
    await store.spend("the-name-of-a-seal", LONG);
    const keys = (await own.ask("KEYS", "*")) as string[];
    const times = await Promise.all(keys.map(async (each) => Number(await own.ask("PTTL", each))));
    // Beside those of trials, which stay for a second.
    const [key = "", ...more] = keys.filter((_, index) => (times[index] ?? 0) > 10_000);
    expect(more).toEqual([]);
    expect(key).toMatch(/^awspipe:spent:[\w-]{43}$/);
    expect(await own.ask("GET", key)).toBe("1");
    const left = Number(await own.ask("PTTL", key));
    expect(left).toBeGreaterThan(LONG - 10_000);
    expect(left).toBeLessThanOrEqual(LONG);
  });

  it("needs no more of its user than SET on its keys", async () => {
    await redis.ask("ACL", "SETUSER", "awspipe", "on", ">word", "~awspipe:spent:*", "-@all", "+set");
    const { store, told } = openState(`redis://awspipe:word@127.0.0.1:${redis.port}`);
    expect(await isSpending(store)).toBe(true);
    expect(told).toEqual([]);
  });

  it("is another one in another database", async () => {
    const [zero, one] = [openState(redis.url).store, openState(`${redis.url}/1`).store];
    const name = randomUUID();
    expect(await zero.spend(name, LONG)).toEqual({ ok: true, value: true });
    expect(await one.spend(name, LONG)).toEqual({ ok: true, value: true });
    expect(await openState(`${redis.url}/1`).store.spend(name, LONG)).toEqual({ ok: true, value: false });
  });

  it("is warned about once where it may forget names: its memory is bounded and it makes room by itself", async () => {
    await redis.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    const { store, told } = openState(redis.url);
    await isSpending(store);
    await redis.ask("CONFIG", "SET", "maxmemory", "1gb", "maxmemory-policy", "noeviction");
    const careful = openState(redis.url);
    await isSpending(careful.store);
    await redis.ask("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
    const forgetful = openState(redis.url);
    await until(() => forgetful.told.length > 0);
    await redis.ask("CONFIG", "SET", "maxmemory", "0", "maxmemory-policy", "noeviction");
    expect([told, careful.told, forgetful.told]).toEqual([[], [], [{ kind: "forgetful", policy: "volatile-lru" }]]);
  });
});

describe("a store that fails", () => {
  it.each<[string, (port: number) => string, string]>([
    ["wants a password", (port) => `redis://127.0.0.1:${port}`, "it answers NOAUTH: it wants a password"],
    [
      "has another password",
      (port) => `redis://:x@127.0.0.1:${port}`,
      "it answers WRONGPASS: user or password is wrong",
    ],
    ["has no such user", (port) => `redis://u:x@127.0.0.1:${port}`, "it answers WRONGPASS: user or password is wrong"],
    [
      "has no such database",
      (port) => `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/99`,
      "it answers ERR",
    ],
    [
      "lets the user read alone",
      (port) => `redis://reader:word@127.0.0.1:${port}`,
      "it answers NOPERM: the user may not `SET` keys that begin with `awspipe:spent:`",
    ],
  ])("since it %s spends nothing, and says why", async (_, url, reason) => {
    await redis.ask("ACL", "SETUSER", "reader", "on", ">word", "~*", "+@read", "+info");
    const { store, told } = openState(url(redis.port));
    const { said, milliseconds } = await spendOne(store);
    expect([said, told]).toEqual([reason, [{ kind: "lost", reason }]]);
    expect(milliseconds).toBeLessThan(5000);
  });

  it.each([
    ["-LOADING Redis is loading the dataset in memory\r\n", "it answers LOADING: it still reads its data"],
    ["-MOVED 3999 127.0.0.1:6381\r\n", "it answers MOVED: it is part of a cluster, which is not supported"],
    ["-MISCONF Redis is configured to save\r\n", "it answers MISCONF: it cannot write to its disk"],
    [`-ERR unknown command 'SET', with args beginning with: '${PASSWORD}'\r\n`, "it answers ERR"],
    ["+QUEUED\r\n", "it answers what no Redis or Valkey would"],
    ["+\r\n", "it answers what no Redis or Valkey would"],
    [":1\r\n", "it answers what no Redis or Valkey would"],
    ["$2\r\nok\r\n", "it answers what no Redis or Valkey would"],
    ["*1\r\n$2\r\nOK\r\n", "it answers what no Redis or Valkey would"],
    // Nobody has that name: that it is there is no answer to trust.
    ["$-1\r\n", "it answers what no Redis or Valkey would"],
    ["HTTP/1.1 400 Bad Request\r\n\r\n", "what answers there is no Redis or Valkey"],
    ["", "it does not answer"],
  ])("by saying %j spends nothing", async (text, reason) => {
    const { port } = await via(saying(text));
    const { store, told } = openState(`redis://127.0.0.1:${port}`);
    const { said, milliseconds } = await spendOne(store);
    expect(said).not.toBe(true);
    expect(milliseconds).toBeLessThan(5000);
    await until(() => told.length > 0);
    expect(told).toEqual([{ kind: "lost", reason }]);
  });

  it("to be found at all is looked for again and again, is told of once, and keeps nobody waiting", async () => {
    const { store, told } = openState(`redis://127.0.0.1:${await freePort()}`);
    for (let time = 0; time < 3; time++) {
      const { said, milliseconds } = await spendOne(store);
      expect(said).toBe("ECONNREFUSED");
      expect(milliseconds).toBeLessThan(5000);
    }
    expect(told).toEqual([{ kind: "lost", reason: "ECONNREFUSED" }]);
  });
});
