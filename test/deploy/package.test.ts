import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needServer } from "../provision/needs.js";
import { repository } from "../provision/repository.js";
import { runProgram } from "../provision/run-program.js";

// The package as npm would publish it, installed where nothing of the repository is.

type Packed = { readonly filename: string; readonly files: readonly { readonly path: string }[] };

let folder = "";
let packed: Packed = { filename: "", files: [] };
beforeAll(async () => {
  needServer();
  folder = mkdtempSync(join(tmpdir(), "awspipe-package-"));
  const pack = await npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], repository);
  [packed = packed] = JSON.parse(pack) as readonly Packed[];
  await npm(["init", "--yes"], folder);
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  await npm(["install", ...quiet, join(folder, packed.filename)], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = async (args: readonly string[], cwd: string): Promise<string> => {
  const { ok, stdout, stderr } = await runProgram("npm", args, { cwd });
  if (!ok) throw new Error(`npm ${args[0]} failed: ${stderr}`);
  return stdout;
};

const program = (): string => join(folder, "node_modules", ".bin", "awspipe");
const check = async (command: string): Promise<unknown> =>
  JSON.parse((await runProgram(program(), ["check", "--json", command])).stdout);

const buildVersion = (): string => JSON.parse(readFileSync(join(repository, "dist", "build.json"), "utf8")).version;

describe("the npm package", () => {
  it("has the built programs and their data, and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    const others = paths.filter((path) => !/^dist\/(?:.*\.js|grammar\/.*\.(?:json|txt|sha256))$/.test(path));
    expect(others.sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "dist/build.json",
      "package.json",
    ]);
    const sourceOf = (path: string): string => path.replace(/^dist/, "src").replace(/\.js$/, ".ts");
    const orphans = paths.filter((path) => path.endsWith(".js") && !existsSync(join(repository, sourceOf(path))));
    expect(orphans).toEqual([]);
    expect(paths.filter((path) => path.startsWith("dist/release/"))).toEqual([]);
  });

  it("brings what it imports and no tool of development", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const installed = readdirSync(join(folder, "node_modules"), { recursive: true, encoding: "utf8" });
    expect(Object.keys(devDependencies).filter((name) => installed.includes(name))).toEqual([]);
  });

  it("says its version to whoever starts it with npx", async () => {
    const said = await runProgram("npx", ["--no-install", "awspipe", "--version"], { cwd: folder });
    expect(said).toMatchObject({ ok: true, stdout: `${buildVersion()}\n` });
  });

  it("judges, with the data that the build compiled", async () => {
    expect(await check("aws s3 ls | jq -r .Name")).toMatchObject({ verdict: "allow" });
    expect(await check("aws iam create-access-key")).toMatchObject({ verdict: "deny" });
  });

  it("serves on stdio", async () => {
    const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent" };
    const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
    await client.connect(new StdioClientTransport({ command: program(), args: ["serve"], env, stderr: "ignore" }));
    const [version, { tools }] = [client.getServerVersion(), await client.listTools()];
    const checked = await client.callTool({ name: "aws_cli_check", arguments: { command: "aws s3 ls" } });
    await client.close();
    expect(version).toMatchObject({ name: "awspipe", version: buildVersion() });
    expect(tools.length).toBeGreaterThan(2);
    expect(checked.isError ?? false).toBe(false);
  });
});
