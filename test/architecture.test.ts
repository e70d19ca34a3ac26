import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

type Source = { readonly file: string; readonly text: string; readonly imports: readonly string[] };

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .map((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g);
    return { file, text, imports: [...found].map(([, name = ""]) => resolved(file, name)) };
  });

/** A path below `src` for our own files, the name as it is for packages. */
function resolved(file: string, name: string): string {
  if (!name.startsWith(".")) return name;
  return relative(SRC, join(SRC, dirname(file), name)).replace(/\.js$/, ".ts");
}

/** Each may import from itself and from those before it. */
const LAYERS: readonly (readonly string[])[] = [
  ["language"],
  ["plan"],
  ["catalogue"],
  ["utilities"],
  ["policy"],
  ["egress"],
  ["executor"],
  ["state"],
  ["audit"],
  [
    "check.ts",
    "read-inputs.ts",
    "caller-identities.ts",
    "aws-operation-of.ts",
    "with-target.ts",
    "identities-of.ts",
    "circumstances-of.ts",
    "explain.ts",
    "steps",
    "answered-of.ts",
    "call-books.ts",
    "kept-result.ts",
    "kept-result-record.ts",
    "kept-result-records.ts",
    "kept-results-beyond.ts",
    "kept-results.ts",
    "engine.ts",
  ],
  [
    "settings.ts",
    "version.ts",
    "log.ts",
    "protocol-error.ts",
    "policy-file.ts",
    "read-guarded-file.ts",
    "start-seals.ts",
    "start-engine.ts",
  ],
  ["server"],
  ["http"],
  ["commands"],
  ["cli.ts"],
  ["release"],
];

const layerOf = (file: string): number => LAYERS.findIndex((names) => names.includes(file.split("/", 1)[0] ?? ""));

/** The files of the pure folders that read or write the data which the build compiles. */
const LOADERS = [
  "catalogue/compile-effects.ts",
  "catalogue/compile-services.ts",
  "catalogue/compiled.ts",
  "catalogue/read-service-table.ts",
  "utilities/build.ts",
  "utilities/compile-grammars.ts",
  "utilities/load-compiled.ts",
  "utilities/write-page.ts",
];

/** The egress proxy as it runs, in processes of its own; what it judges by lies beside them and is pure. */
const EGRESS = [
  "egress/bridge-main.ts",
  "egress/dial.ts",
  "egress/egress-proxy.ts",
  "egress/first-line.ts",
  "egress/forward-request.ts",
  "egress/join-sockets.ts",
  "egress/judge-request.ts",
  "egress/open-tunnel.ts",
  "egress/pass-request.ts",
  "egress/proxy-main.ts",
  "egress/refuse-client.ts",
  "egress/resolve-host.ts",
];

/** Functions of their arguments alone that happen to live beside sockets and random numbers. */
const PURE = [
  /^import \{ (?:BlockList, )?isIPv4, isIPv6 \} from "node:net";$/m,
  /^import \{ (?:(?:createHash|createHmac|timingSafeEqual)(?:, )?)+ \} from "node:crypto";$/m,
];
const importsPure = (text: string, name: string): boolean =>
  PURE.some((line) => line.exec(text)?.[0].includes(`"${name}"`) === true);

// Makes data of AWS's files when a developer asks for it, and checks the reviewed lists at build time.
const GENERATOR = "catalogue/generate/";

// What builds and releases ask of git; it is in no package and in no image.
const RELEASE = "release/";

/** Everything that a file imports at run time, sooner or later; types are gone by then. */
const loadedBy = (start: string): ReadonlyMap<string, readonly string[]> => {
  const all = new Map(sources.map((source) => [source.file, source]));
  const loaded = new Map<string, readonly string[]>();
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const source = all.get(file);
    if (source === undefined || loaded.has(file)) continue;
    loaded.set(file, runtimeImports(source));
    waiting.push(...runtimeImports(source));
  }
  return loaded;
};

const runtimeImports = ({ file, text }: Source): readonly string[] =>
  [...withoutComments(text).matchAll(/^(?:import|export)\b(?! type\b)[^;"]*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm)]
    .filter(([statement]) => !isTypesOnly(statement))
    .map(([, name, lazy]) => resolved(file, name ?? lazy ?? ""));

// `import { type A, type B } from` loads nothing that the caller needs, but the compiler keeps the import.
const isTypesOnly = (statement: string): boolean => /^export (const|type|function|interface)\b/.test(statement);

const GRAMMARS = fileURLToPath(new URL("../grammar/utilities", import.meta.url));

/** Every utility that runs. */
const utilities = readdirSync(GRAMMARS)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.replace(/\.yaml$/, ""))
  .filter((name) => name !== "refused");

const lines = (text: string): number => text.split("\n").length - 1;

const filesWith = (pattern: RegExp): readonly string[] =>
  sources.filter(({ text }) => pattern.test(withoutComments(text))).map(({ file }) => file);

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

describe("src", () => {
  it("has a place for every file", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter(({ file }) => layerOf(file) < 0).map(({ file }) => file)).toEqual([]);
  });

  it("imports only from the left", () => {
    const wrong = sources.flatMap(({ file, imports }) =>
      imports
        .filter((name) => name.endsWith(".ts") && layerOf(name) > layerOf(file))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("lets the egress proxy know of nothing but the language's results", () => {
    const foreign = sources
      .filter(({ file }) => file.startsWith("egress/"))
      .flatMap(({ file, imports }) =>
        imports.filter((name) => !/^(?:egress|language)\/|^node:/.test(name)).map((name) => `${file} imports ${name}`),
      );
    expect(foreign).toEqual([]);
  });

  it("imports nothing that does not exist", () => {
    const files = new Set(sources.map(({ file }) => file));
    const missing = sources.flatMap(({ file, imports }) =>
      imports.filter((name) => name.endsWith(".ts") && !files.has(name)).map((name) => `${file} imports ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("is pure left of the executor: no file, process, network or clock but in the loaders", () => {
    const impure = sources
      .filter(({ file }) => layerOf(file) < layerOf("executor"))
      .filter(({ file }) => ![...LOADERS, ...EGRESS].includes(file) && !file.startsWith(GENERATOR))
      .flatMap(({ file, text, imports }) => [
        ...imports
          .filter((name) => name.startsWith("node:") && !importsPure(text, name))
          .map((name) => `${file} imports ${name}`),
        ...[
          ...withoutComments(text).matchAll(/\bprocess\.\w+|\bDate\.now|\bMath\.random|\bfetch\(|\bglobalThis\b/g),
        ].map(([word]) => `${file} uses ${word}`),
      ]);
    expect(impure).toEqual([]);
  });

  it("serves nothing of the generator", () => {
    const loaded = [...loadedBy("commands/serve.ts").keys()];
    expect(loaded.length).toBeGreaterThan(100);
    expect(loaded.filter((file) => file.startsWith(GENERATOR))).toEqual([]);
    for (const command of ["commands/check.ts", "commands/run.ts", "commands/doctor.ts"])
      expect([...loadedBy(command).keys()].filter((file) => file.startsWith(GENERATOR))).toEqual([]);
  });

  it("reads YAML only of the operator's, and checks by zod only what comes from outside", () => {
    const users = (name: string) =>
      [...loadedBy("commands/serve.ts")].filter(([, imports]) => imports.includes(name)).map(([file]) => file);
    expect(users("yaml")).toEqual(["catalogue/read-yaml.ts"]);
    const reading = /import \{[^}]*\breadYaml\b[^}]*\} from "[^"]*read-yaml\.js"/;
    expect(filesWith(reading).filter((file) => !file.startsWith(GENERATOR))).toEqual(["policy/custom/load-policy.ts"]);
    expect(filesWith(/custom\/load-policy\.js/)).toEqual(["commands/policy.ts", "policy-file.ts"]);
    // Loaded where there is a policy: it would cost every other start a tenth of its time.
    expect(sources.find(({ file }) => file === "start-engine.ts")?.text).toContain('await import("./policy-file.js")');
    expect(users("zod").sort()).toEqual([
      "http/lost-answer.ts",
      "http/session-requests.ts",
      "kept-result-record.ts",
      "policy/custom/policy-schema.ts",
      "server/ask-person.ts",
      "server/check-tool.ts",
      "server/fan-out/fan-out-input.ts",
      "server/fan-out/targets-schema.ts",
      "server/help-tool.ts",
      "server/output-schema.ts",
      "server/pipeline-tool.ts",
      "server/principal-of.ts",
      "server/prompts/argument-schema.ts",
      "server/regions/region-answers.ts",
      "settings.ts",
    ]);
  });

  it("loads the client of the state store where there is one: it would cost every other start as much as all the rest", () => {
    const users = sources.filter(({ imports }) => imports.includes("@redis/client")).map(({ file }) => file);
    expect(users).toEqual(["state/store-connection.ts", "state/store-reason.ts"]);
    const loading = sources.filter((source) =>
      runtimeImports(source).some((name) => /^state\/(?!parse-state-key|store-address)/.test(name)),
    );
    expect(loading.map(({ file }) => file).filter((file) => !file.startsWith("state/"))).toEqual(["start-seals.ts"]);
    expect(sources.find(({ file }) => file === "start-seals.ts")?.text).toContain(
      'await import("./state/state-store.js")',
    );
  });

  it("imports of the generator elsewhere only types, and in what builds", () => {
    const builders = ["catalogue/compile-effects.ts", "catalogue/compile-services.ts", "commands/catalogue.ts"];
    const wrong = sources
      .filter(({ file }) => !file.startsWith(GENERATOR) && !builders.includes(file))
      .flatMap((source) =>
        runtimeImports(source)
          .filter((name) => name.startsWith(GENERATOR))
          .map((name) => `${source.file} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  it("starts processes in one file", () => {
    const starting = sources.filter(({ imports }) =>
      imports.some((name) => /^(node:)?(child_process|cluster|worker_threads)$/.test(name)),
    );
    const files = starting.map(({ file }) => file);
    expect(files.filter((file) => !file.startsWith(GENERATOR) && !file.startsWith(RELEASE))).toEqual([
      "executor/spawn-stage.ts",
    ]);
  });

  it("never asks for a shell, and evaluates nothing", () => {
    expect(filesWith(/\bshell\s*:\s*(true|["'`])/)).toEqual([]);
    expect(filesWith(/\beval\(|\bnew Function\b|\bnode:vm\b|\bexecSync\b|\bprocess\.binding\b/)).toEqual([]);
  });

  it("approves in one file, and takes a person's yes in one other", () => {
    expect(filesWith(/\bas (unknown as )?ApprovedPipeline\b/)).toEqual(["policy/approve.ts"]);
    expect(filesWith(/\bas (unknown as )?Consent\b/)).toEqual(["policy/approval/consent.ts"]);
    expect(filesWith(/\bmintConsent\(/)).toEqual(["policy/approval/seals.ts"]);
    expect(filesWith(/\bspendConsent\(/)).toEqual(["policy/approve.ts"]);
    const mints = ["policy/approval/consent.ts", "policy/approve.ts"];
    // The others keep what was computed once; nothing in them can be redeemed.
    const caches = [
      "http/http-server.ts",
      "http/in-turn.ts",
      "http/requests-under-way.ts",
      "policy/aws/argument-rules.ts",
      "policy/policy-hash.ts",
    ];
    expect(filesWith(/\bnew WeakMap\b/).filter((file) => !caches.includes(file))).toEqual(mints);
    expect(filesWith(/\bminted\b/)).toEqual(mints);
    expect(filesWith(/\bunique symbol\b/)).toEqual(mints);
  });

  it("opens an approval where it runs, and nowhere else", () => {
    expect(filesWith(/\bredeem\(/)).toEqual(["executor/run-pipeline.ts"]);
  });

  // A word of JSON and of YAML, an operation of `aws s3`, the programs that confinement is tried with, and what an audit line
  // is called by and may be found to be.
  const OTHER_MEANINGS = new Set([
    "true of catalogue",
    "true of policy",
    "true of executor",
    "ls of policy",
    "ls of commands",
    "seq of audit",
    "cut of audit",
  ]);

  it("knows no utility by name, but for the pager of help runs, the one that has a syntax to itself, and what xargs runs by itself", () => {
    const known = sources.flatMap(({ file, text }) =>
      [...withoutComments(text).matchAll(/"([^"\n]*)"/g)]
        .map(([, word = ""]) => word)
        .filter((word) => utilities.includes(word) && !OTHER_MEANINGS.has(`${word} of ${file.split("/", 1)[0]}`))
        .map((word) => `${file}: ${word}`),
    );
    expect([...new Set(known)].sort()).toEqual([
      "executor/find-cli.ts: cat",
      "executor/make-machine.ts: cat",
      "utilities/emit-argv.ts: echo",
      "utilities/emit-operand.ts: echo",
      "utilities/grammar-schema.ts: echo",
      "utilities/match-utility.ts: echo",
      "utilities/utility-grammar.ts: echo",
      "utilities/xargs/command-of.ts: echo",
    ]);
  });

  it("has no default exports, enums or any", () => {
    expect(filesWith(/\bexport default\b/)).toEqual([]);
    expect(filesWith(/^\s*(export )?(const )?enum\b/m)).toEqual([]);
    expect(filesWith(/:\s*any\b|\bas any\b|<any>/)).toEqual([]);
  });

  it("names files after what they hold", () => {
    const vague = /^(utils?|types?|common|manager|helpers?|misc|index)\.ts$/;
    const names = sources.map(({ file }) => file);
    expect(names.filter((file) => vague.test(basename(file)))).toEqual([]);
    expect(names.filter((file) => !/^[a-z0-9-]+(\/[a-z0-9-]+)*(\.d)?\.ts$/.test(file))).toEqual([]);
  });

  it("has no file of more than 250 lines", () => {
    expect(sources.filter(({ text }) => lines(text) > 250).map(({ file, text }) => `${file}: ${lines(text)}`)).toEqual(
      [],
    );
  });

  it("writes to stdout only in the commands", () => {
    const writing = filesWith(/\bprocess\.stdout\b|\bconsole\.(log|info|debug)\b/);
    const isTheirs = (file: string) => ["commands/", GENERATOR, RELEASE].some((folder) => file.startsWith(folder));
    const others = writing.filter((file) => !isTheirs(file));
    // The two of the egress proxy are processes of their own, whose stdout the executor reads.
    expect(others.sort()).toEqual(["cli.ts", "egress/bridge-main.ts", "egress/proxy-main.ts"]);
  });
});
