import { describe, expect, it } from "vitest";
import type { Check } from "./conformance.js";
import { differences, not, partly, whole } from "./expected.js";

const met: Check = { id: "answers", status: "SUCCESS" };
const valid: Check = { id: "wire-schema-valid", status: "SUCCESS" };
const failed: Check = { id: "draws", status: "FAILURE", errorMessage: "Tool draw not found" };
const noted: Check = { id: "hums", status: "WARNING", details: { note: "no tune" } };

describe("differences", () => {
  it("finds none where all is met", () => expect(differences(whole, [met, valid])).toEqual([]));

  it("finds every objection that is not expected, in the suite's words", () =>
    expect(differences(whole, [met, failed, noted])).toEqual([
      "FAILURE draws: Tool draw not found",
      "WARNING hums: no tune",
    ]));

  it("finds an objection that is expected and not made", () =>
    expect(differences(partly("draws", "Tool draw not found"), [met])).toEqual([
      "expected and not said: Tool draw not found",
    ]));

  it("finds a scenario that has looked at nothing but the form of messages", () =>
    expect(differences(whole, [valid, { id: "seen", status: "INFO" }])).toEqual(["no check was met"]));

  it("does not ask for a met check where nothing applies", () =>
    expect(differences(not("draws", "Tool draw not found"), [failed])).toEqual([]));
});
