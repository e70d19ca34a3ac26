import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { check } from "../src/check.js";
import { decideEffect } from "../src/policy/security-mode.js";
import { readSettings, settingRows } from "../src/settings.js";
import { ruleBookOf } from "../src/start-engine.js";
import { parsedGrammars } from "../src/utilities/compile-grammars.js";
import { loadCompiled } from "../src/utilities/load-compiled.js";
import { utilitiesPage } from "../src/utilities/utilities-page.js";
import { runAwspipe } from "./commands/run-awspipe.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const between = (name: string): string => readme.split(`<!-- ${name} -->\n`)[1]?.split(`<!-- /${name} -->`)[0] ?? "";

describe("README.md", () => {
  it("lists every setting with its default", () => {
    const rows = settingRows.map((row) => `| \`${row.name}\` | ${row.default} | ${row.says} |\n`);
    expect(between("settings")).toBe(`| setting | default | what it does |\n| --- | --- | --- |\n${rows.join("")}`);
  });

  it("names every utility", () => {
    const names = [...loadCompiled().utilities.keys()].sort().map((name) => `\`${name}\``);
    expect(between("utilities").replaceAll("\n", " ").trim()).toBe(names.join(" "));
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
    const shown = [...readme.matchAll(/^\$ awspipe (.*)\n((?:(?!\$ |```).*\n)*)/gm)].map(
      ([, line = "", output = ""]) => ({
        args: argumentsIn(line),
        output,
      }),
    );
    expect(shown.map(({ args }) => args.slice(0, -1).join(" "))).toEqual(["run", "check", "check", "check --explain"]);
    for (const { args, output } of shown) {
      // What AWS has is another matter.
      if (args[0] === "run") expect(judged(args.at(-1) ?? "")).toBe("allow allowed");
      else expect([args, (await runAwspipe(args)).out.trimEnd()]).toEqual([args, output.trimEnd()]);
    }
  });

  it("names no command that is refused but those that it means so", () => {
    const refused = Object.fromEntries(
      commands()
        .map((command) => [command, judged(command)])
        .filter(([, verdict]) => verdict !== "allow allowed"),
    );
    expect(refused).toEqual({
      // the examples of what is refused
      "aws s3 ls; cat /etc/passwd": "deny file-outside-workspace",
      "aws s3 ls | sort --reverce": "deny unknown-option",
      "aws dynamodb delete-table --table-name orders --profile prod": "deny aws-profile-refused",
      "aws dynamodb delete-table --table-name orders --profile dev": "deny aws-profile-refused",
      // names of commands, without what they need
      "aws s3 cp": "deny aws-operand-missing",
      "aws ec2 terminate-instances": "deny aws-option-missing",
      "aws ssm send-command": "deny aws-option-missing",
      "aws iam create-access-key": "deny effect-permissions",
      "aws cloudtrail stop-logging": "deny aws-option-missing",
      "aws secretsmanager get-secret-value": "deny aws-option-missing",
      "aws configure": "deny effect-local",
    });
    expect(commands().length - Object.keys(refused).length).toBeGreaterThanOrEqual(4);
  });

  it("lists forms that are read", () => {
    const row = (meaning: RegExp): readonly string[] => {
      const line = readme.split("\n").find((each) => meaning.test(each)) ?? "";
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
});

const VALUES: Readonly<Record<string, string>> = { "-n": " 1", "-L": " 1", "-I": " {}", "-P": " 2", "-d": " ," };

const book = ruleBookOf(readSettings({}), {}, "/workspace");

const judged = (command: string): string => {
  const { verdict, code } = check(command, book);
  return `${verdict} ${code}`;
};

/** The words of a line that a reader would type; those between quotes hold nothing that a shell would change. */
const argumentsIn = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|"([^"$`\\]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );

/** Code in the text and in the tables, as it is read. */
const codes = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`|<code>(.*?)<\/code>/g)].map(
    ([, span, html = ""]) => span ?? html.replaceAll("&#124;", "|"),
  );

/** Everything in the page that is a command: in code, between quotes, after a prompt; without places left open. */
const commands = (): readonly string[] => {
  const blocks = [...readme.matchAll(/^```.*?^```/gms)].map(([block]) => block);
  const inBlocks = blocks.flatMap((block) =>
    [...block.matchAll(/(?<!\w)'((?:aws|cat) [^'\n]*)'|"(aws [^"\n]*)"/g)].map(
      ([, single, double = ""]) => single ?? double,
    ),
  );
  const around = blocks.reduce((text, block) => text.replace(block, ""), readme);
  const names = [...loadCompiled().utilities.keys(), "aws"];
  const inText = codes(around).filter((code) => names.some((name) => code.startsWith(`${name} `)));
  return [...new Set([...inBlocks, ...inText])].filter((command) => !command.includes("…"));
};

describe("docs/utilities.md", () => {
  it("says of every utility what it may do and why it is there", () => {
    const folder = fileURLToPath(new URL("../grammar/utilities", import.meta.url));
    expect(readFileSync(new URL("../docs/utilities.md", import.meta.url), "utf8")).toBe(
      utilitiesPage(parsedGrammars(folder)),
    );
  });
});
