import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideEffect } from "../src/policy/security-mode.js";
import { settingRows } from "../src/settings.js";
import { loadCompiled } from "../src/utilities/load-compiled.js";
import { runAwspipe } from "./commands/run-awspipe.js";
import { between, cellsOf, codes, pageAt, shownIn } from "./docs/pages.js";
import { needAws, needMoto } from "./provision/needs.js";
import { runProgram } from "./provision/run-program.js";
import { type Moto, startMoto } from "./provision/start-moto.js";
import { type Connection, connectModern } from "./server/clients.js";

const readme = pageAt("README.md");

type Tool = {
  readonly name: string;
  readonly inputSchema: { readonly properties?: object; readonly required?: readonly string[] };
};

let moto: Moto;
let server: Connection;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  const env = { ...moto.environment, HOME: "/nonexistent", PATH: "", AWS_PAGER: "" };
  for (const bucket of ["website", "logs-2026", "assets", "backups"])
    await runProgram(needAws(), ["s3", "mb", `s3://${bucket}`], { env });
  server = await connectModern({ ...moto.environment, AWS_MCP_AWS_CLI: needAws() });
});

afterAll(async () => {
  await server?.close();
  await moto?.stop();
});

describe("README.md", () => {
  it("lists every setting with its default", () => {
    const rows = settingRows.map((row) => `| \`${row.name}\` | ${row.default} | ${row.says} |\n`);
    expect(between(readme, "settings")).toBe(
      `| setting | default | what it does |\n| --- | --- | --- |\n${rows.join("")}`,
    );
  });

  it("names every utility", () => {
    const names = [...loadCompiled().utilities.keys()].sort().map((name) => `\`${name}\``);
    expect(between(readme, "utilities").replaceAll("\n", " ").trim()).toBe(names.join(" "));
  });

  it("shows what each mode says of each effect", () => {
    const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| ([a-z +]+) \| ([a-z +]+) \| ([a-z +]+) \|$/gm)];
    expect(rows.length).toBe(10);
    for (const [, effect, ...cells] of rows) {
      const modes = (["read-only", "strict", "permissive"] as const).map((mode) =>
        decideEffect(mode, effect as "read"),
      );
      expect(cells).toEqual(modes.map((word) => (word === "warn" ? "allow + warning" : word)));
    }
  });

  it("shows what the command line prints", async () => {
    const shown = shownIn(readme);
    expect(shown.map(({ args }) => args.slice(0, -1).join(" "))).toEqual(["run", "check", "check"]);
    const environment = { ...moto.environment, AWS_MCP_AWS_CLI: needAws() };
    for (const { args, output } of shown) {
      const { out } = await runAwspipe(args, args[0] === "run" ? { environment } : {});
      expect([args, out.trimEnd()]).toEqual([args, output]);
    }
  });

  it("names scripts that there are, and no fewer attacks than it says", () => {
    // npm reads it as this, too.
    const { scripts } = JSON.parse(pageAt("package.json")) as { readonly scripts: object };
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const attacks = ["aws", "expansions", "predecessor", "utilities"].flatMap((name) =>
      pageAt(`security/attacks/${name}.jsonl`).trimEnd().split("\n"),
    );
    const [, said = ""] = /more than ([\d,]+)\s+commands/.exec(readme) ?? [];
    expect(attacks.length).toBeGreaterThan(Number(said.replace(",", "")));
    expect(said).not.toBe("");
  });

  it("lists the tools that a server offers, with their parameters", async () => {
    const listed = cellsOf(between(readme, "tools")).map(([name = "", parameters = ""]) => [
      ...codes(name),
      // What stands in brackets is what a parameter takes.
      [...codes(parameters.replaceAll(/\([^)]*\)/g, ""))].sort(),
    ]);
    // As `tools/list` of MCP describes a tool.
    const tools = (await server.tools()) as readonly Tool[];
    expect(listed.sort()).toEqual(
      tools
        .map(({ name, inputSchema: { properties = {}, required = [] } }) => [
          name,
          Object.keys(properties)
            .map((parameter) => (required.includes(parameter) ? parameter : `${parameter}?`))
            .sort(),
        ])
        .sort(),
    );
  });

  it("lists the resources that a server offers", async () => {
    const listed = cellsOf(between(readme, "resources")).flatMap(([uri = ""]) => codes(uri));
    const { resources } = await server.client.listResources();
    const { resourceTemplates } = await server.client.listResourceTemplates();
    expect([...listed].sort()).toEqual(
      [...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)].sort(),
    );
  });

  it("lists the prompts that a server offers, with their arguments and its own words", async () => {
    const { prompts } = await server.client.listPrompts();
    const rows = prompts.map(({ name, description = "", arguments: args = [] }) => {
      const given = args.map(({ name: argument, required }) => `\`${argument}${required === true ? "" : "?"}\``);
      return `| \`${name}\` | ${given.join(", ")} | ${description} |\n`;
    });
    expect(between(readme, "prompts")).toBe(
      `| prompt | arguments | what it looks at |\n| --- | --- | --- |\n${rows.join("")}`,
    );
  });
});
