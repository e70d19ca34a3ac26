import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { otherVersions } from "../../src/release/stated-versions.js";
import { versionFiles } from "../../src/release/version-files.js";
import { runAwspipe } from "../commands/run-awspipe.js";
import { needServer } from "../provision/needs.js";
import { repository } from "../provision/repository.js";
import { runProgram } from "../provision/run-program.js";

const { version: declared } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

describe("the version", () => {
  it("is the same in every file that names it", () => {
    expect(otherVersions(declared, versionFiles(repository))).toEqual([]);
  });

  it("is the one that the build wrote down", async () => {
    const { version } = JSON.parse(readFileSync(join(dirname(needServer()), "build.json"), "utf8"));
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[0-9a-z.]+)?(?:\+g[0-9a-f]{12}(?:\.dirty)?)?$/);
    expect(await runAwspipe(["--version"])).toMatchObject({ code: 0, out: `${version}\n`, errors: "" });
  });
});

// A checkout of its own, with the built programs of a release and nothing else.
describe("a release", () => {
  let root = "";
  beforeAll(() => {
    needServer();
    root = mkdtempSync(join(tmpdir(), "awspipe-release-"));
    const parts = ["package.json", "src/version.ts", "src/release", "dist/version.js", "dist/release"];
    for (const part of parts) cpSync(join(repository, part), join(root, part), { recursive: true });
    writeFileSync(join(root, "CHANGELOG.md"), `# Changelog\n\n## ${declared} - 2026-12-01\n\n- What is new.\n`);
    writeFileSync(join(root, ".gitignore"), "dist/\n");
    for (const args of [
      ["init", "--quiet"],
      ["add", "."],
      ["commit", "--quiet", "--message", "Release"],
    ])
      git(...args);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const git = (...args: readonly string[]): void => {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    execFileSync("git", [...who, "-C", root, ...args], { stdio: "ignore" });
  };
  const built = async (environment: Readonly<Record<string, string>> = {}): Promise<string> => {
    const env = { PATH: process.env.PATH, ...environment };
    const { ok, stderr } = await runProgram(process.execPath, [join(root, "dist/release/write-build.js")], { env });
    return ok ? JSON.parse(readFileSync(join(root, "dist/build.json"), "utf8")).version : stderr;
  };
  const notes = (tag: string) => runProgram(process.execPath, [join(root, "dist/release/release-notes.js"), tag]);

  // What the server says of itself, in a process of its own: it looks once.
  const said = async (): Promise<string> => {
    const script = `import { version } from ${JSON.stringify(join(root, "dist/version.js"))}; console.log(version());`;
    const { stdout, stderr } = await runProgram(process.execPath, ["--input-type=module", "--eval", script]);
    return stdout.trim() || (/^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr);
  };

  it("says package.json's version where nothing wrote one down, and none where what is written has none", async () => {
    const record = join(root, "dist/build.json");
    rmSync(record, { force: true });
    expect(await said()).toBe(declared);
    writeFileSync(record, '{"version":7}');
    expect(await said()).toBe("dist/build.json has no version; build again");
    writeFileSync(record, '{"version":"1.2.3-dev"}');
    expect(await said()).toBe("1.2.3-dev");
  });

  it("is not one before the commit has its tag", async () => {
    expect(await built()).toMatch(new RegExp(`^${declared}-dev\\+g[0-9a-f]{12}$`));
    expect(await notes(`v${declared}`)).toMatchObject({
      ok: false,
      stdout: "",
      stderr: expect.stringMatching(/^the build calls itself `[^`]+`, and package\.json has `[^`]+`\n$/),
    });
  });

  it("fails under a tag that is not package.json's version", async () => {
    git("tag", "v9.9.9");
    expect(await built()).toMatch(/-dev\+g/);
    expect(await notes("v9.9.9")).toMatchObject({
      ok: false,
      stdout: "",
      stderr: expect.stringContaining(`the tag is \`v9.9.9\`, and package.json has \`${declared}\`\n`),
    });
  });

  it("has package.json's version, and the changelog's notes, on the commit with its tag", async () => {
    git("tag", `v${declared}`);
    expect(await built()).toBe(declared);
    expect(await notes(`v${declared}`)).toEqual({ ok: true, stdout: "- What is new.\n", stderr: "" });
  });

  it("takes what it is told where there is no git, and only its own version", async () => {
    expect(await built({ AWSPIPE_VERSION: `${declared}-dev+g1a2b3c4` })).toBe(`${declared}-dev+g1a2b3c4`);
    expect(await built({ AWSPIPE_VERSION: "9.9.9" })).toContain("AWSPIPE_VERSION is `9.9.9`");
  });
});
