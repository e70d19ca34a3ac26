import { describe, expect, it } from "vitest";
import { parseStoreAddress, type StoreAddress } from "../../src/state/store-address.js";

const PLAIN: StoreAddress = {
  ...{ host: "h", port: 6379, tls: false, servername: "h", username: undefined, password: undefined, database: 0 },
  shown: "redis://h:6379/0",
};

const problemOf = (text: string): string => {
  const parsed = parseStoreAddress(text);
  return parsed.ok ? "" : parsed.error;
};

describe("parseStoreAddress", () => {
  it.each<[string, Partial<StoreAddress>]>([
    ["redis://h", {}],
    ["redis://h/", {}],
    ["redis://h:6379/0", {}],
    ["redis://h:7000", { port: 7000, shown: "redis://h:7000/0" }],
    ["redis://h/15", { database: 15, shown: "redis://h:6379/15" }],
    ["rediss://h", { tls: true, shown: "rediss://h:6379/0" }],
    ["REDISS://h", { tls: true, shown: "rediss://h:6379/0" }],
    ["redis://:p@h", { password: "p" }],
    ["redis://u:p@h", { username: "u", password: "p" }],
    ["redis://u%40x:p%3A%2F%3F%23%40%25@h", { username: "u@x", password: "p:/?#@%" }],
    ["redis://:p@q@h", { password: "p@q" }],
    ["redis://127.0.0.1", { host: "127.0.0.1", servername: undefined, shown: "redis://127.0.0.1:6379/0" }],
    ["rediss://[::1]:1", { tls: true, host: "::1", port: 1, servername: undefined, shown: "rediss://[::1]:1/0" }],
    [
      "rediss://u:p@a.b-c.example:6380/2",
      {
        ...{ tls: true, host: "a.b-c.example", servername: "a.b-c.example", port: 6380, database: 2 },
        ...{ username: "u", password: "p", shown: "rediss://a.b-c.example:6380/2" },
      },
    ],
  ])("reads %s", (text, parts) => {
    expect(parseStoreAddress(text)).toEqual({ ok: true, value: { ...PLAIN, ...parts } });
  });

  const FORM = "must be a URL such as `redis://host:6379` or `rediss://user:password@host:6380/0`";
  const OPTIONS = "must have neither `?` nor `#`: in a password they are written `%3F` and `%23`";
  const END = "must end after the host, the port or the database's number";
  it.each([
    ["", FORM],
    ["h", FORM],
    ["h:6379", FORM],
    ["http://h", FORM],
    ["unix:///run/redis.sock", FORM],
    ["redis:h", FORM],
    ["redis://", FORM],
    ["redis:///0", FORM],
    ["redis://:secret@", FORM],
    ["redis://h:port", FORM],
    ["redis://h:65536", FORM],
    ["redis://:sec/ret@h", FORM],
    ["redis://h?db=1", OPTIONS],
    ["redis://h?", OPTIONS],
    ["redis://h/0#secret", OPTIONS],
    ["redis://u:1?secret@h", OPTIONS],
    ["redis://u:1#secret@h", OPTIONS],
    ["redis://h/zero", END],
    ["redis://h/00", END],
    ["redis://h/-1", END],
    ["redis://h/0/", END],
    ["redis://h/10000", END],
    ["redis://h/0/secret", END],
    ["redis://:%zz@h", "must have `%` in user and password as `%25`"],
    ["redis://:100%secret@h", "must have `%` in user and password as `%25`"],
    ["redis://secret@h", "must name a password with the user"],
  ])("refuses %s, and says nothing of what is in it", (text, says) => {
    expect(problemOf(text)).toBe(says);
    expect(problemOf(text)).not.toContain("secret");
  });
});
