import { describe, expect, it } from "vitest";
import { helpCache } from "../../src/server/help-cache.js";

const PAGE = "x".repeat(1000);

/** A cache of 1 CLI, and which of its pages are still there. */
const cacheOf = (most: Parameters<typeof helpCache>[1]) => {
  const cache = helpCache(() => "2.0", most);
  const held = (...keys: readonly string[]) => keys.filter((key) => cache.get(key) !== undefined);
  return { ...cache, held };
};

describe("helpCache", () => {
  it("forgets everything when the CLI changes", () => {
    let stamp = "2.0";
    const cache = helpCache(() => stamp);
    cache.set("s3", "old");
    expect(cache.get("s3")).toBe("old");
    stamp = "2.1";
    expect(cache.get("s3")).toBe(undefined);
    cache.set("s3", "new");
    expect(cache.get("s3")).toBe("new");
    stamp = "2.2";
    cache.set("ec2", "newer");
    expect(cache.get("s3")).toBe(undefined);
  });

  it("holds so many pages, and lets go of the one that nobody has asked for the longest", () => {
    const { set, held } = cacheOf({ pages: 2, bytes: 1_000_000 });
    set("a", PAGE);
    set("b", PAGE);
    expect(held("a")).toEqual(["a"]);
    set("c", PAGE);
    expect(held("a", "b", "c")).toEqual(["a", "c"]);
    set("a", "again");
    set("d", PAGE);
    expect(held("a", "b", "c", "d")).toEqual(["a", "d"]);
  });

  it("holds so many bytes, two for each character", () => {
    const { set, held } = cacheOf({ pages: 100, bytes: 5000 });
    set("a", PAGE);
    set("b", PAGE);
    expect(held("a", "b")).toEqual(["a", "b"]);
    set("c", PAGE);
    expect(held("a", "b", "c")).toEqual(["b", "c"]);
    set("b", PAGE.repeat(2));
    expect(held("a", "b", "c")).toEqual(["b"]);
    set("c", "short");
    expect(held("b", "c")).toEqual(["b", "c"]);
  });

  it("gives up no page for one that is larger than all of it", () => {
    const { set, held } = cacheOf({ pages: 100, bytes: 5000 });
    set("a", PAGE);
    set("b", PAGE.repeat(3));
    expect(held("a", "b")).toEqual(["a"]);
    set("a", PAGE.repeat(3));
    expect(held("a")).toEqual([]);
  });

  it("holds 256 pages and 16 MiB where nothing else is said", () => {
    const many = cacheOf(undefined);
    for (let index = 0; index < 300; index++) many.set(`page-${index}`, "x");
    expect(many.held("page-43", "page-44", "page-299")).toEqual(["page-44", "page-299"]);
    const large = cacheOf(undefined);
    for (const key of ["a", "b", "c"]) large.set(key, "x".repeat(3 * 1024 * 1024));
    expect(large.held("a", "b", "c")).toEqual(["b", "c"]);
  });
});
