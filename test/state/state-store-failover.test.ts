import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { saying, slowWay } from "./between.js";
import { openState, until } from "./open-state.js";
import { closeAll, isSpending, kinds, LONG, ownRedis, spendOne, via } from "./spending.js";
import { freePort, PASSWORD, type Redis, startRedis } from "./start-redis.js";

let redis: Redis;
beforeAll(async () => {
  redis = await startRedis();
  return () => redis.remove();
});
afterEach(closeAll);

describe("a store that fails for a time", () => {
  it("by being killed is back when it is started again, and told of once", async () => {
    const own = await ownRedis();
    const { store, told } = openState(own.url);
    expect(await isSpending(store)).toBe(true);
    await own.kill();
    expect((await spendOne(store)).said).not.toBe(true);
    await until(() => told.length > 0);
    await own.start();
    await until(() => isSpending(store));
    await until(() => told.length > 1);
    expect(kinds(told)).toEqual(["lost", "back"]);
  });

  it("while names are being spent leaves none of them in doubt: each is spent, or it is an error", async () => {
    const own = await ownRedis();
    const { store } = openState(own.url);
    await isSpending(store);
    const going = Array.from({ length: 500 }, () => spendOne(store));
    await own.kill();
    const said = new Set((await Promise.all(going)).map((each) => each.said));
    expect(said.has(false)).toBe(false);
    await own.start();
    await until(() => isSpending(store));
  });

  it("by holding still answers in time that it does not, and is back when it goes on", async () => {
    const own = await ownRedis();
    const { store, told } = openState(own.url);
    expect(await isSpending(store)).toBe(true);
    own.pause();
    const held = await Promise.all(Array.from({ length: 20 }, () => spendOne(store)));
    expect(new Set(held.map(({ said }) => said))).toEqual(new Set(["it does not answer"]));
    expect(Math.max(...held.map(({ milliseconds }) => milliseconds))).toBeLessThan(5000);
    await until(() => told.length > 0);
    expect((await spendOne(store)).milliseconds).toBeLessThan(5000);
    own.resume();
    await until(() => isSpending(store));
    await until(() => told.length > 1);
    expect(told).toEqual([{ kind: "lost", reason: "it does not answer" }, { kind: "back" }]);
  });

  it("by answering late has not answered; a name that it has taken late is nobody's yes", async () => {
    let delay = 0;
    const { port } = await via(slowWay(redis.port, () => delay));
    const { store } = openState(`redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`);
    expect(await isSpending(store)).toBe(true);
    delay = 1500;
    const name = randomUUID();
    expect(await store.spend(name, LONG)).toEqual({ ok: false, error: "it does not answer" });
    delay = 0;
    await until(() => isSpending(store));
    expect(await store.spend(name, LONG)).toEqual({ ok: true, value: false });
  });

  it("by having no memory left spends nothing until it has some", async () => {
    const own = await ownRedis();
    const { store, told } = openState(own.url);
    expect(await isSpending(store)).toBe(true);
    await own.ask("SET", "filler", "x".repeat(2_000_000));
    await own.ask("CONFIG", "SET", "maxmemory-policy", "noeviction", "maxmemory", "1mb");
    expect((await spendOne(store)).said).toBe("it answers OOM: its memory is full");
    await until(() => told.length > 0);
    expect((await spendOne(store)).said).toBe("it answers OOM: its memory is full");
    await own.ask("CONFIG", "SET", "maxmemory", "0");
    await until(() => isSpending(store));
    await until(() => told.length > 1);
    expect(told).toEqual([{ kind: "lost", reason: "it answers OOM: its memory is full" }, { kind: "back" }]);
  });

  it("by becoming a replica spends nothing until it is none any more", async () => {
    const own = await ownRedis();
    const { store, told } = openState(own.url);
    expect(await isSpending(store)).toBe(true);
    await own.ask("REPLICAOF", "127.0.0.1", String(await freePort()));
    expect((await spendOne(store)).said).toBe("it answers READONLY: it is a replica");
    await until(() => told.length > 0);
    await own.ask("REPLICAOF", "NO", "ONE");
    await until(() => isSpending(store));
    expect(kinds(told)[0]).toBe("lost");
  });

  it("for a moment is no loss: a connection that is cut is there again, and nobody is told", async () => {
    const { store, told } = openState(redis.url);
    for (let time = 0; time < 5; time++) {
      await until(() => isSpending(store));
      await redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }
    await until(() => isSpending(store));
    expect(told).toEqual([]);
  });

  it("again and again, soon after it was there, is told of once", async () => {
    const between = await via(saying((connection) => (connection % 2 === 1 ? "-LOADING\r\n" : "+OK\r\n"), 300));
    const { told } = openState(`redis://127.0.0.1:${between.port}`);
    await until(() => between.taken() > 5);
    expect(kinds(told)).toEqual(["lost"]);
  });

  it("is not asked in a rush", async () => {
    const between = await via(saying("-LOADING\r\n"));
    openState(`redis://127.0.0.1:${between.port}`);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(between.taken()).toBeGreaterThan(2);
    expect(between.taken()).toBeLessThan(10);
  });

  it("is found out before anybody needs it, and is let go of for good", async () => {
    const own = await ownRedis();
    const { store, told } = openState(own.url);
    expect(await isSpending(store)).toBe(true);
    await own.kill();
    await until(() => told.length > 0);
    store.close();
    await own.start();
    expect(await spendOne(store)).toMatchObject({ said: "it was let go" });
    expect(kinds(told)).toEqual(["lost"]);
  });
});
