import type { LookupAddress } from "node:dns";
import { describe, expect, it } from "vitest";
import { resolveHost } from "../../src/egress/resolve-host.js";

const HOST = "sts.us-east-1.amazonaws.com";
const FOUND: readonly LookupAddress[] = [
  { address: "2600:1f60:8000::1", family: 6 },
  { address: "10.0.1.17", family: 4 },
];

const lookupOf = async (found: readonly LookupAddress[]) => {
  const resolved = await resolveHost(HOST, async () => found);
  if (!resolved.ok) throw new Error(resolved.error.message);
  return resolved.value;
};

/** What a `lookup` calls back with. */
const calledBack = (found: readonly LookupAddress[], all: boolean): Promise<readonly unknown[]> =>
  lookupOf(found).then(
    (lookup) => new Promise((resolve) => lookup(HOST, { all }, (...given: readonly unknown[]) => resolve(given))),
  );

describe("resolveHost", () => {
  it("gives every address that it judged, or the first", async () => {
    expect(await calledBack(FOUND, true)).toEqual([null, FOUND]);
    expect(await calledBack(FOUND, false)).toEqual([null, "2600:1f60:8000::1", 6]);
    expect(await calledBack([], true)).toMatchObject([{ code: "ENODATA" }, ""]);
  });

  it("refuses a name of which one address is refused", async () => {
    expect(await resolveHost(HOST, async () => [...FOUND, { address: "::1", family: 6 }])).toMatchObject({
      ok: false,
      error: { code: "egress-resolved", message: `\`${HOST}\` leads to \`::1\`, this machine` },
    });
  });

  it("says when the name leads nowhere", async () => {
    const failing = async () => Promise.reject(Object.assign(new Error(), { code: "EAI_AGAIN" }));
    expect(await resolveHost(HOST, failing)).toMatchObject({
      ok: false,
      error: { code: "egress-unreachable", message: `\`${HOST}\` could not be reached: EAI_AGAIN` },
    });
  });
});
