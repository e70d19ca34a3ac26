import { describe, expect, it } from "vitest";
import { buildVersion } from "../../src/release/build-version.js";
import type { GitState } from "../../src/release/git-state.js";

const revision = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
const at = (tags: readonly string[], changed = false): GitState => ({ kind: "commit", revision, tags, changed });
const built = (declared: string, git: GitState, stated?: string): string => buildVersion({ declared, stated, git });

describe("buildVersion", () => {
  it.each<[string, GitState, string]>([
    ["0.1.0", at(["v0.1.0"]), "0.1.0"],
    ["0.1.0", at(["nightly", "v0.1.0"]), "0.1.0"],
    ["0.1.0", at([]), "0.1.0-dev+g1a2b3c4d5e6f"],
    ["0.1.0", at(["v0.1.0"], true), "0.1.0-dev+g1a2b3c4d5e6f.dirty"],
    ["0.1.0", at([], true), "0.1.0-dev+g1a2b3c4d5e6f.dirty"],
    ["0.2.0-rc.1", at(["v0.2.0-rc.1"]), "0.2.0-rc.1"],
    ["0.2.0-rc.1", at([]), "0.2.0-dev+g1a2b3c4d5e6f"],
  ])("of %s on a commit", (declared, git, version) => {
    expect(built(declared, git)).toBe(version);
  });

  it.each([["v0.2.0"], ["0.1.0"], ["v0.1.0-rc.1"], ["v0.1.00"]])("takes no other tag for the release's: %s", (tag) => {
    expect(built("0.1.0", at([tag]))).toBe("0.1.0-dev+g1a2b3c4d5e6f");
  });

  it("is the declared one where there is no checkout", () => {
    expect(built("0.1.0", { kind: "none" })).toBe("0.1.0");
  });

  it("does not pass for a release where git does not say which commit this is", () => {
    expect(built("0.1.0", { kind: "unreadable" })).toBe("0.1.0-dev");
  });

  it.each([["0.1.0"], ["0.1.0-dev"], ["0.1.0-dev+g1a2b3c4"], ["0.1.0-dev+g1a2b3c4.dirty"]])(
    "is the one that was stated: %s",
    (stated) => {
      expect([built("0.1.0", { kind: "none" }, stated), built("0.1.0", at([]), stated)]).toEqual([stated, stated]);
    },
  );

  it("takes an empty statement for none", () => {
    expect(built("0.1.0", { kind: "none" }, "")).toBe("0.1.0");
  });

  it.each([["v0.1.0"], ["0.2.0"], ["0.2.0-dev"], ["0.1.0-rc.1"], ["0.1.0-dev+"], ["0.1.0-dev\n"], ["latest"]])(
    "builds nothing under a version of another package: %j",
    (stated) => {
      expect(() => built("0.1.0", { kind: "none" }, stated)).toThrow(
        new Error(`AWSPIPE_VERSION is \`${stated}\`, and package.json has \`0.1.0\`: state \`0.1.0\` or \`0.1.0-dev\``),
      );
    },
  );
});
