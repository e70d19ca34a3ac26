import { describe, expect, it } from "vitest";
import { shownNames } from "../../../src/server/audit/shown-names.js";

const book = { profiles: ["my own profile"] } as const;

describe("shownNames", () => {
  it("keeps what has the form of an id, a profile and a region, and the operator's profiles", () => {
    const names = {
      request: "a1-b2.c:3_4",
      profiles: ["dev", "my own profile"],
      regions: ["all", "eu-*", "us-east-1"],
    };
    expect(shownNames(names, book)).toEqual(names);
    expect(shownNames({ request: "" }, book)).toEqual({ request: "" });
  });

  it("masks everything else", () => {
    const secret = "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG";
    expect(shownNames({ request: secret, profiles: [secret, "x\n"], regions: [secret, "ＥＵ"] }, book)).toEqual({
      request: "***",
      profiles: ["***", "***"],
      regions: ["***", "***"],
    });
    expect(shownNames({ request: "1".repeat(129) }, book)).toEqual({ request: "***" });
  });
});
