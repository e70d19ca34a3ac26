import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { repository } from "../provision/repository.js";
import { HARDENED } from "./container.js";
import { filesOf } from "./files.js";
import { type Component, componentsOf } from "./sizes.js";

const page = readFileSync(join(repository, "docs", "deploy.md"), "utf8");

let components: readonly Component[];

beforeAll(async () => {
  components = componentsOf(await filesOf());
});

describe("docs/deploy.md", () => {
  it("runs the container with the flags that it is tried with", () => {
    const commands = page.replaceAll(" \\\n ", "").match(/^docker run .*--read-only.*$/gm) ?? [];
    expect(commands.length).toBe(2);
    for (const command of commands) expect(command).toContain(HARDENED.join(" "));
  });

  it("says how large the image's parts are, as nearly as its base images let it", () => {
    const table = /<!-- sizes -->\n([\s\S]*?)<!-- \/sizes -->/.exec(page)?.[1] ?? "";
    const rows = [...table.matchAll(/^\| (.*?) \| ([\d.]+) \|/gm)].map(
      ([, name = "", size]) => [name, Number(size)] as const,
    );
    const stated = new Map(rows);
    expect([...stated.keys()].sort()).toEqual([...components.map(({ name }) => name), "all"].sort());
    // The AWS CLI comes with its texts for help, or without; another Debian has other libraries.
    for (const { name, bytes } of components)
      expect(Math.abs(bytes / 1e6 - (stated.get(name) ?? 0)), name).toBeLessThan(Math.max(3, 0.25 * (bytes / 1e6)));
  });
});
