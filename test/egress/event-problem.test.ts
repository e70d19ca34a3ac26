import { describe, expect, it } from "vitest";
import { eventProblem } from "../../src/egress/event-problem.js";

const hintFor = (host: string, port: number, code: "egress-unreachable" | "egress-host" = "egress-unreachable") =>
  eventProblem({ event: "egress-failed", run: "r", host, port, code, message: "m" }).hint;

describe("eventProblem", () => {
  it.each([
    ["127.0.0.1", 443],
    ["localhost", 4566],
    ["bucket.localhost", 4566],
    ["s3.example", 443],
    ["s3.us-east-1.amazonaws.com", 8443],
  ])("says of %s:%i, which can only be the operator's endpoint, that it does not answer", (host, port) => {
    expect(hintFor(host, port)).toMatch(/^the operator's AWS_ENDPOINT_URL does not answer/);
  });

  it("says of a host of AWS's that its region may not exist", () => {
    expect(hintFor("ec2.us-easy-1.amazonaws.com", 443)).toMatch(/^see that the region exists/);
  });

  it("keeps the hint of what was refused", () => {
    expect(hintFor("evil.example", 443, "egress-host")).toMatch(/^commands reach AWS's own hosts/);
  });
});
