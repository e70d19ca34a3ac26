import { describe, expect, it } from "vitest";
import { type Consent, mintConsent, spendConsent } from "../../../src/policy/approval/consent.js";

describe("spendConsent", () => {
  it("takes a consent once, for its own question", () => {
    const consent = mintConsent("one");
    expect([spendConsent(consent, "one"), spendConsent(consent, "one")]).toEqual([true, false]);
  });

  it("takes it for no other question, and then for its own neither", () => {
    const consent = mintConsent("one");
    expect([spendConsent(consent, "two"), spendConsent(consent, "one")]).toEqual([false, false]);
  });

  it("takes nothing that was not minted", () => {
    const consent = mintConsent("one");
    // The casts are the forgeries.
    for (const forged of [{}, { ...consent }, Object.create(consent), structuredClone(consent)] as Consent[])
      expect(spendConsent(forged, "one")).toBe(false);
    // Nothing minted is no yes to nothing asked.
    expect(spendConsent({} as Consent, undefined as unknown as string)).toBe(false);
    expect(spendConsent(consent, "one")).toBe(true);
  });

  it("keeps the consents of two answers to one question apart", () => {
    const [first, second] = [mintConsent("one"), mintConsent("one")];
    expect([spendConsent(first, "one"), spendConsent(first, "one"), spendConsent(second, "one")]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
