import { describe, expect, it } from "vitest";
import { openCatalogue } from "../../src/catalogue/read-service-table.js";
import { runAwspipe } from "../commands/run-awspipe.js";
import { codes, judged, pageAt, shownIn } from "./pages.js";

const page = pageAt("docs/language.md");

describe("docs/language.md", () => {
  it("lists forms that are read", () => {
    const row = (meaning: RegExp): readonly string[] => {
      const line = page.split("\n").find((each) => meaning.test(each)) ?? "";
      return codes(line.split(" | ")[0] ?? "");
    };
    const forms = [
      ...row(/\| pipelines one after the other/).map((form) => form.replace("a", "echo a").replace(/b$/, "echo b")),
      ...row(/\| stages joined by a pipe/).map((form) => form.replace("a", "echo a").replace(/b$/, "cat")),
      ...row(/\| redirections; /).map((form) => `echo a ${form} | cat`),
      ...row(/\| the server's own settings/).map((form) => `echo ${form} "${form}"`),
      ...row(/\| the same for each item/)
        .flatMap((form) => (form.startsWith("-") ? form.split(" ") : []))
        .map((option) => `seq 3 | xargs ${option}${VALUES[option] ?? ""} echo a`),
    ];
    expect(forms.length).toBeGreaterThanOrEqual(20);
    expect(forms.map((form) => [form, judged(form)])).toEqual(forms.map((form) => [form, "allow allowed"]));
  });

  it("shows what the command line prints", async () => {
    const shown = shownIn(page);
    expect(shown.map(({ args }) => args.slice(0, -1).join(" "))).toEqual(["check --explain"]);
    for (const { args, output } of shown)
      expect([args, (await runAwspipe(args)).out.trimEnd()]).toEqual([args, output]);
  });

  it("says, as README.md does, how many commands of the AWS CLI are known", () => {
    const { services, service } = openCatalogue();
    const known = services.reduce((sum, name) => sum + (service(name)?.names.length ?? 0), 0);
    const said = `${known.toLocaleString("en")} commands`;
    expect([page.includes(said) && said, pageAt("README.md").includes(said) && said]).toEqual([said, said]);
  });
});

const VALUES: Readonly<Record<string, string>> = { "-n": " 1", "-L": " 1", "-I": " {}", "-P": " 2", "-d": " ," };
