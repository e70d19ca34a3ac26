import { describe, expect, it } from "vitest";
import { plainWords } from "../../../src/server/resources/plain-words.js";

describe("plainWords", () => {
  it.each([
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    `IQoJb3JpZ2luX2VjE${"aB3/".repeat(60)}==`,
  ])("leaves out what has the form of a key: %s", (key) => {
    expect(plainWords(`failed with ${key}, '${key}' and ${key}`)).toBe("failed with …, '…' and …");
  });

  it.each([
    "aws: [ERROR]: Unable to parse config file: /home/somebody/projects/infrastructure/accounts/.aws/config",
    "Error loading SSO Token: Token for https://example.awsapps.com/start does not exist",
    "User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ReadOnly_0123456789abcdef/someone is not authorized",
    "An error occurred (AWSOrganizationsNotInUseException) when calling the DescribeOrganization operation",
  ])("leaves other words as they are: %s", (text) => {
    expect(plainWords(text)).toBe(text);
  });

  it("gives one line of at most 500 characters on which nothing hides", () => {
    expect(plainWords(" a\n\u001b[31mb\u202ec \n")).toBe("a␊␛[31mb<U+202E>c");
    expect(plainWords("x ".repeat(1000)).length).toBe(500);
  });
});
