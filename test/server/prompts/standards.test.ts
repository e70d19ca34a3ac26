import { describe, expect, it } from "vitest";
import { standardOf } from "../../../src/server/prompts/standards.js";

describe("standardOf", () => {
  it.each([
    ["CIS", "CIS AWS Foundations Benchmark"],
    ["cis 3.0", "CIS AWS Foundations Benchmark"],
    ["PCI-DSS", "PCI DSS"],
    ["NIST 800-53 rev 5", "NIST SP 800-53"],
    ["nist sp 800-171", "NIST SP 800-171"],
    ["SOC2", "SOC 2"],
    ["ISO 27001", "ISO/IEC 27001"],
    ["society", undefined],
    ["mine", undefined],
  ])("takes %j for %s", (text, title) => {
    expect(standardOf(text)?.title).toBe(title);
  });
});
