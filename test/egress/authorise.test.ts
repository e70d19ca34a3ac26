import { describe, expect, it } from "vitest";
import { authorise } from "../../src/egress/authorise.js";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

describe("authorise", () => {
  it("gives the run's name to who presents the token", () => {
    expect(
      [basic("run-1_A:secret"), basic("awspipe:secret").replace("Basic", "bASIC ")].map((header) =>
        authorise(header, "secret"),
      ),
    ).toEqual(["run-1_A", "awspipe"]);
  });

  it("knows nobody else", () => {
    const headers = [
      undefined,
      "",
      "secret",
      "Bearer secret",
      "Basic ",
      "Basic A",
      "Basic AA",
      "Basic ====",
      "Basic A===",
      "Basic \u00e9",
      basic("awspipe:Secret"),
      basic("awspipe:secre"),
      basic("awspipe:secret2"),
      basic("awspipe:"),
      basic("awspipe"),
      basic(":secret"),
      basic("a b:secret"),
      basic("a\nb:secret"),
      `Digest ${Buffer.from("awspipe:secret").toString("base64")}`,
      `${basic("awspipe:secret")}, x`,
      basic(`${"a".repeat(65)}:secret`),
    ];
    expect(headers.map((header) => authorise(header, "secret"))).toEqual(headers.map(() => undefined));
  });
});
