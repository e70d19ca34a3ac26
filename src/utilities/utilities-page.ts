import type { ParsedFile } from "./parse-grammar-file.js";
import type { ValueKind } from "./utility-grammar.js";

type Described = Exclude<ParsedFile, { readonly kind: "refused" }>;
type UtilitySpec = Extract<ParsedFile, { readonly kind: "utility" }>["spec"];

/** `docs/utilities.md`: every utility, what it may do and why it is there, from its grammar. */
export const utilitiesPage = (files: readonly ParsedFile[]): string => {
  const described = files.flatMap((file) => (file.kind === "refused" ? [] : [file]));
  const rows = [...described].sort((a, b) => (a.spec.utility < b.spec.utility ? -1 : 1)).map(row(described));
  return `${HEAD}${rows.join("")}`;
};

const HEAD = `# The utilities

What is not here does not run. Each has a file in [grammar/utilities](../grammar/utilities), which says every option; \`refused.yaml\` there
names what people use elsewhere and says what to write instead. Every utility reads its standard input and writes its standard output and
its error stream; the table says what it may do besides. The kernel holds it to that once more where \`AWS_MCP_SANDBOX\` finds a way.

| utility | what it may do | options | why |
| --- | --- | --- | --- |
`;

const row =
  (all: readonly Described[]) =>
  (file: Described): string => {
    const spec = target(file, all);
    if (spec === undefined) throw new Error(`${file.spec.utility} runs a utility that is not described`);
    const { utility, because } = file.spec;
    const may = file.kind === "alias" ? [`is \`${called(file.spec)}\``, ...abilities(spec)] : abilities(spec);
    const refused = spec.options.filter(({ refuse }) => refuse !== undefined).length;
    const options = `${spec.options.length - refused} allowed, ${refused} refused`;
    return `| \`${utility}\` | ${may.join("; ")} | ${options} | ${because.trim().replaceAll("|", "\\|")} |\n`;
  };

const target = (file: Described, all: readonly Described[]): UtilitySpec | undefined => {
  if (file.kind === "utility") return file.spec;
  return all.flatMap((each) => (each.kind === "utility" && each.spec.utility === file.spec.runs ? [each.spec] : []))[0];
};

const called = ({ runs, adds }: { readonly runs: string; readonly adds: readonly string[] }): string =>
  [runs, ...adds.map((flag) => `--${flag}`)].join(" ");

const abilities = ({ operands, options, adds, reads, scratch }: UtilitySpec): readonly string[] => {
  const kinds = [...operands.map(({ value }) => value), ...options.flatMap(({ values }) => values)];
  const said = new Set(kinds.flatMap((kind) => abilityOf(kind) ?? []));
  return [
    ...(adds.length === 0 ? [] : [`runs with ${adds.map((flag) => `\`--${flag}\``).join(" ")}`]),
    ...(said.size === 0 && !scratch && reads.length === 0 ? ["nothing else"] : said),
    ...(reads.length === 0 ? [] : [`reads ${reads.map((path) => `\`${path}\``).join(", ")}`]),
    ...(scratch ? ["keeps temporary files in a folder of its own"] : []),
  ];
};

const abilityOf = ({ kind }: ValueKind): string | undefined => ABILITIES[kind];

const PARSED = "runs a program that was parsed";

const ABILITIES: { readonly [Kind in ValueKind["kind"]]?: string } = {
  "workspace-file": "reads files of the workspace",
  "workspace-folder": "looks into folders of the workspace",
  "workspace-output": "makes files of the workspace",
  "jq-program": PARSED,
  "sed-script": PARSED,
  "awk-program": PARSED,
};
