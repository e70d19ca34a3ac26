import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deniedHint } from "../../../src/server/aws-errors/denied-hint.js";

const hint = (message: string, operation?: string): string | undefined =>
  deniedHint({ code: "AccessDenied", message, operation, shown: message, others: 0 });

const BOB = "arn:aws:iam::123456789012:user/bob";
const CHANGE = "and a person who runs the account has to change that";
const DECODE =
  "what stands behind `failure message:` is read by `aws sts decode-authorization-message --encoded-message MESSAGE --query DecodedMessage --output text`";

describe("deniedHint", () => {
  it.each([
    [
      "because no identity-based policy allows the s3:GetObject action",
      `no identity-based policy allows it, ${CHANGE}`,
    ],
    [
      "because no resource-based policy allows the s3:GetObject action",
      `no resource-based policy allows it, ${CHANGE}`,
    ],
    ["because no permissions boundary allows the s3:GetObject action", `no permissions boundary allows it, ${CHANGE}`],
    ["because no session policy allows the s3:GetObject action", `no session policy allows it, ${CHANGE}`],
    [
      "because no service control policy allows the s3:GetObject action",
      `no service control policy allows it, ${CHANGE}`,
    ],
    ["because no VPC endpoint policy allows the s3:GetObject action", `no VPC endpoint policy allows it, ${CHANGE}`],
    ["because no role trust policy allows the sts:AssumeRole action", `no role trust policy allows it, ${CHANGE}`],
    ["", "a person who runs the account has to grant it"],
    ["because of something new", "a person who runs the account has to grant it"],
  ])("names the kind of policy that does not allow it: %s", (reason, expected) => {
    const message = `User: ${BOB} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" ${reason}`;
    expect(hint(message.trim())).toBe(`action \`s3:GetObject\` is not granted to \`${BOB}\`: ${expected}`);
  });

  it.each([
    ["with an explicit deny in an identity-based policy", "an identity-based policy"],
    [
      "with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/p",
      "an identity-based policy",
    ],
    ["with an explicit deny in a service control policy", "a service control policy"],
    ["with an explicit deny in a resource control policy", "a resource control policy"],
    ["with an explicit deny in a resource-based policy", "a resource-based policy"],
    ["with an explicit deny in a permissions boundary", "a permissions boundary"],
    ["with an explicit deny in a sessions policy", "a session policy"],
    [
      "with an explicit deny in a VPC endpoint policy transitively through a service control policy",
      "a VPC endpoint policy",
    ],
    ["with an explicit deny in the role trust policy", "a role trust policy"],
    [
      "because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.",
      "a setting of S3 Block Public Access",
    ],
    [
      "because public policies are blocked by the BlockPublicPolicy block public access setting.",
      "a setting of S3 Block Public Access",
    ],
  ])("says that no grant lifts an explicit deny: %s", (reason, policy) => {
    expect(hint(`User: ${BOB} is not authorized to perform: SNS:Publish ${reason}`)).toBe(
      `action \`sns:Publish\` is forbidden to \`${BOB}\` by an explicit deny in ${policy}, which no grant lifts: only a person who runs the account can change that`,
    );
  });

  it("says how an encoded message is read, whether it says more or not", () => {
    const encoded = "Encoded authorization failure message: aB-_9";
    const may = "You are not authorized to perform this operation.";
    expect(hint(`${may} ${encoded}`)).toBe(
      `this is not granted to the caller: a person who runs the account has to grant it; ${DECODE}`,
    );
    const denied = `User: ${BOB} is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:123456789012:instance/* because no identity-based policy allows the ec2:RunInstances action.`;
    expect(hint(`${may} ${denied} ${encoded}`)).toBe(
      `action \`ec2:RunInstances\` is not granted to \`${BOB}\`: no identity-based policy allows it, ${CHANGE}; ${DECODE}`,
    );
  });

  it("guesses the action where only the operation is known, and says so", () => {
    expect(hint("Access Denied", "PutObject")).toBe(
      "action `s3:PutObject` is probably not granted to the caller: a person who runs the account has to grant it",
    );
    expect(hint("Access Denied")).toBeUndefined();
    expect(hint("Access Denied", "constructor")).toBeUndefined();
    expect(hint(`User: ${BOB} is denied because no constructor allows the s3:GetObject action`)).toBeUndefined();
  });

  it.each([
    ["arn:aws:sts::123456789012:assumed-role/Admin/session", true],
    ["arn:aws-us-gov:iam::123456789012:role/path/r", true],
    ["arn:aws:iam::123456789012:root", true],
    ["anonymous", false],
    ["arn:aws:iam::123456789012:user/`hint`", false],
    [`arn:aws:iam::123456789012:user/${"x".repeat(200)}`, false],
  ])("quotes the caller %s: %s", (caller, isQuoted) => {
    expect(hint(`User: ${caller} is not authorized to perform: s3:GetObject`)).toBe(
      `action \`s3:GetObject\` is not granted to ${isQuoted ? `\`${caller}\`` : "the caller"}: a person who runs the account has to grant it`,
    );
  });

  it("does not tell that something is granted to oneself", () => {
    for (const reason of ["", " because no identity-based policy allows the s3:GetObject action"])
      expect(hint(`User: ${BOB} is not authorized to perform: s3:GetObject${reason}`)).toMatch(
        / a person who runs the account has to /,
      );
  });

  it("is the same whatever the resource is called", () => {
    const denied = (name: string) =>
      `User: ${BOB} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/${name}" because no identity-based policy allows the s3:GetObject action`;
    const names = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.constantFrom(
        '" because no session policy allows the iam:* action',
        '" with an explicit deny in a service control policy',
        `User: arn:aws:iam::123456789012:root is not authorized to perform: iam:* on`,
      ),
    );
    fc.assert(
      fc.property(names, (name) => {
        expect(hint(denied(name))).toBe(hint(denied("k")));
      }),
      { numRuns: 500 },
    );
  });
});
