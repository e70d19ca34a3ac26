import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needAws } from "../provision/needs.js";
import { type Bench, benchMachine } from "./bench-machine.js";

let bench: Bench;

beforeEach(() => {
  bench = benchMachine({ cli: needAws(), operator: { AWS_PROFILE: "nobody" } });
});

afterEach(() => bench.remove());

const write = (name: "config" | "credentials", lines: readonly string[]): void =>
  writeFileSync(join(bench.home, ".aws", name), `${lines.join("\n")}\n`);

const names = () => bench.machine.identities.profiles(30_000);

describe("profileNames", () => {
  it("gives those of both files as the AWS CLI reads them, and no section of another kind", async () => {
    write("config", [
      "[default]\nregion = eu-west-1",
      '[profile "two words"]\nregion = eu-west-1',
      "[profile büro]\nregion = eu-west-1",
      "[profile empty]",
      "[sso-session s]\nsso_region = eu-west-1",
      "[services v]\ns3 =\n  endpoint_url = http://localhost",
      "[plugins]\na = b",
    ]);
    write("credentials", [
      "[default]\nregion = us-east-1",
      "[dev]\nregion = us-east-1",
      "[sso-session t]\nsso_region = x",
    ]);
    expect(await names()).toEqual({ ok: true, value: ["default", "two words", "büro", "empty", "dev"] });
  });

  it("gives none where there are no files", async () => {
    expect(await names()).toEqual({ ok: true, value: [] });
  });

  it.each([
    ["no section", "region = eu-west-1"],
    ["half a heading", "[profile a\nregion = eu-west-1"],
    ["the same section twice", "[profile a]\nregion = a\n[profile a]\nregion = b"],
  ])("gives the CLI's own words where a file has %s", async (_, text) => {
    write("config", [text]);
    const file = join(bench.home, ".aws", "config");
    expect(await names()).toEqual({ ok: false, error: `aws: [ERROR]: Unable to parse config file: ${file}` });
  });
});
