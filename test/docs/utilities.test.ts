import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parsedGrammars } from "../../src/utilities/compile-grammars.js";
import { utilitiesPage } from "../../src/utilities/utilities-page.js";
import { pageAt, ROOT } from "./pages.js";

describe("docs/utilities.md", () => {
  it("says of every utility what it may do and why it is there", () => {
    expect(pageAt("docs/utilities.md")).toBe(utilitiesPage(parsedGrammars(join(ROOT, "grammar", "utilities"))));
  });
});
