import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { repository } from "../provision/repository.js";
import { type Outcome, runProgram } from "../provision/run-program.js";
import { type WorkflowLinters, workflowLinters } from "../provision/workflow-linters.js";

type Step = {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
};
type Job = {
  readonly uses?: string;
  readonly permissions?: unknown;
  readonly environment?: unknown;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
};
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
};

const folder = join(repository, ".github", "workflows");
const names = readdirSync(folder).sort();
const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
const workflows = new Map<string, Workflow>([...texts].map(([name, text]) => [name, parse(text)]));
const jobs = [...workflows].flatMap(([file, { jobs: all }]) =>
  Object.entries(all).map(([name, job]) => ({ where: `${file} ${name}`, job })),
);
const steps = jobs.flatMap(({ where, job }) => (job.steps ?? []).map((step) => ({ where, step })));

describe("the workflows", () => {
  it("are these", () => {
    expect(names).toEqual(["ci.yml", "codeql.yml", "image.yml", "publish.yml", "scorecard.yml"]);
  });

  it("use each action by one commit, under its version, and no other of our files by a branch", () => {
    const uses = [...texts.values()].flatMap((text) =>
      [...text.matchAll(/\buses: (.*)$/gm)].map(([, used = ""]) => used),
    );
    const outside = uses.filter((used) => !used.startsWith("./.github/workflows/"));
    expect(outside.length).toBeGreaterThan(20);
    expect(outside.filter((used) => !/^[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))).toEqual([]);
    const pins = new Map<string, Set<string>>();
    for (const used of outside) {
      const owner = used.split("@", 1)[0]?.split("/").slice(0, 2).join("/") ?? "";
      pins.set(owner, (pins.get(owner) ?? new Set()).add(used.split("@")[1] ?? ""));
    }
    expect([...pins].filter(([, versions]) => versions.size > 1)).toEqual([]);
  });

  it("have no rights but those that a job names, and no job without an end", () => {
    expect([...workflows].filter(([, { permissions }]) => JSON.stringify(permissions) !== "{}")).toEqual([]);
    expect(jobs.filter(({ job }) => job.permissions === undefined).map(({ where }) => where)).toEqual([]);
    const endless = jobs.filter(({ job }) => job.uses === undefined && job["timeout-minutes"] === undefined);
    expect(endless.map(({ where }) => where)).toEqual([]);
  });

  it("never run with rights on what a stranger sends", () => {
    const triggers = [...workflows.values()].flatMap(({ on }) => Object.keys(on));
    const known = ["branch_protection_rule", "pull_request", "push", "schedule", "workflow_call"];
    expect([...new Set(triggers)].sort()).toEqual(known);
  });

  it("leave no token in a checkout, and put no expression into a script", () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter(({ step }) => step.with?.["persist-credentials"] !== false)).toEqual([]);
    expect(steps.filter(({ step }) => step.run?.includes("${{"))).toEqual([]);
  });

  it("run everything that .ci/run runs", () => {
    const said = readFileSync(join(repository, ".ci", "run"), "utf8").replaceAll(/^\s*#.*$/gm, "");
    const commands = [...new Set(said.match(/npm (?:ci|test|run [\w:-]+)|\btest\/\w+\/run\b/g))];
    expect(commands).toEqual(expect.arrayContaining(["npm ci", "npm run check", "npm run build", "npm test"]));
    const ci = (workflows.get("ci.yml")?.jobs ?? {}) as Workflow["jobs"];
    const runs = Object.values(ci).flatMap(({ steps: all = [] }) => all.flatMap(({ run = [] }) => run));
    expect(commands.filter((command) => !runs.some((run) => run.includes(command)))).toEqual([]);
  });

  it("run no script of npm that there is not", () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const runs = steps.flatMap(({ step }) =>
      [...(step.run ?? "").matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name),
    );
    expect([...new Set(runs)].filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });

  it("sign in no job that installs what the build needs", () => {
    const signing = jobs.filter(({ job }) => JSON.stringify(job.permissions).includes('"id-token":"write"'));
    expect(signing.length).toBeGreaterThan(3);
    const installing = signing.filter(({ job }) =>
      job.steps?.some(({ run }) => /\bnpm (?:ci|install|run)\b|\bnpx\b/.test(run ?? "")),
    );
    expect(installing.map(({ where }) => where)).toEqual([]);
  });

  const publishing = jobs.filter(
    ({ where, job }) => /^(?:publish|image)\./.test(where) && JSON.stringify(job.permissions).includes('"write"'),
  );
  const own = publishing.filter(({ job }) => job.uses === undefined);

  it("publish only where a reviewer lets them, and run no container there", () => {
    expect(own.map(({ where, job: { environment } }) => [where, environment])).toEqual([
      ["image.yml image", "release"],
      ["publish.yml npm", "release"],
      ["publish.yml registry", "release"],
      ["publish.yml release", "release"],
    ]);
    const containers = own.filter(({ job }) =>
      /"docker\/(?:setup|build)|\bdocker (?:run|build)\b|\bbuildx build\b/.test(JSON.stringify(job.steps)),
    );
    expect(containers.map(({ where }) => where)).toEqual([]);
  });

  it("publish no artifact that they have not checked against what another job said of it", () => {
    const taking = own.filter(({ job }) =>
      job.steps?.some(({ uses }) => uses?.startsWith("actions/download-artifact@")),
    );
    const next = taking.map(({ where, job: { steps: all = [] } }) => {
      const at = all.findIndex(({ uses }) => uses?.startsWith("actions/download-artifact@"));
      return [where, all.slice(at + 1).find(({ run }) => run !== undefined)?.run];
    });
    const check = 'test "$(sha256sum -- * | sha256sum)" = "$SUM"';
    const push = 'skopeo copy --all --preserve-digests oci-archive:image/image.tar "docker://$IMAGE@$DIGEST"';
    expect(next).toEqual([
      ["image.yml image", push],
      ["publish.yml npm", check],
      ["publish.yml release", check],
    ]);
  });

  it("run the containers of others by digest", () => {
    const { env } = parse(texts.get("image.yml") ?? "") as { env: Record<string, string> };
    const images = Object.entries(env).filter(([name]) => name.endsWith("_IMAGE"));
    expect(images.map(([name]) => name)).toEqual(["BINFMT_IMAGE", "BUILDKIT_IMAGE", "SBOM_IMAGE"]);
    expect(images.filter(([, image]) => !/:[\w.-]+@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  });
});

describe("the names of a release", () => {
  const step = workflows.get("publish.yml")?.jobs.package?.steps?.find(({ id }) => id === "names");
  let root = "";
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "awspipe-names-"));
    const author = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    await runProgram("git", ["init", "--quiet"], { cwd: root });
    await runProgram("git", [...author, "commit", "--quiet", "--allow-empty", "-m", "a"], { cwd: root });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ["v1.0.0-rc.1", "next", "1.0.0-rc.1", "false"],
    ["v1.0.0", "latest", "1.0.0 1.0 latest", "true"],
    ["v1.9.0", "latest", "1.9.0 1.9 latest", "true"],
    ["v1.10.0", "latest", "1.10.0 1.10 latest", "true"],
    ["v1.9.1", "line-1.9", "1.9.1 1.9", "false"],
    ["v1.9.0", "line-1.9", "1.9.0", "false"],
    ["v2.0.0-rc.1", "next", "2.0.0-rc.1", "false"],
    ["v1.10.1", "latest", "1.10.1 1.10 latest", "true"],
  ])("%s is called %s on npm", async (tag, npm, images, latest) => {
    await runProgram("git", ["tag", "--force", tag], { cwd: root });
    const output = join(root, "output");
    rmSync(output, { force: true });
    const script = `export GITHUB_REF_NAME=${tag} GITHUB_OUTPUT=${output}\n${step?.run}`;
    expect(await runProgram("bash", ["-e", "-c", script], { cwd: root })).toMatchObject({ ok: true, stderr: "" });
    expect(readFileSync(output, "utf8")).toBe(`npm-tag=${npm}\nimage-tags=${images}\nlatest=${latest}\n`);
  });
});

describe("SECURITY.md", () => {
  it("names the workflow that signs the image, under the tag that is released", () => {
    const text = readFileSync(join(repository, "SECURITY.md"), "utf8");
    const identities = [...text.matchAll(/\.github\/workflows\/([\w-]+\.yml)@refs\/tags\/v/g)].map(
      ([, name = ""]) => name,
    );
    expect(identities).toEqual(["image.yml"]);
    expect(identities.filter((name) => !texts.get(name)?.includes("cosign sign --yes"))).toEqual([]);
  });
});

// What is wrong with this one each linter has to see; otherwise it has looked at nothing.
const FAULTY = `on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: echo $FOO
        shel: bash
`;

describe("the linters", () => {
  let linters: WorkflowLinters;
  let control = "";
  beforeAll(async () => {
    linters = await workflowLinters();
    control = mkdtempSync(join(tmpdir(), "awspipe-workflows-"));
    mkdirSync(join(control, ".github", "workflows"), { recursive: true });
    writeFileSync(join(control, ".github", "workflows", "faulty.yml"), FAULTY);
    writeFileSync(join(control, ".github", "dependabot.yml"), "version: 2\nupdates: [{ package-ecosystem: npm }]\n");
  });
  afterAll(() => rmSync(control, { recursive: true, force: true }));

  const actionlint = (root: string): Promise<Outcome> => {
    const files = readdirSync(join(root, ".github", "workflows")).map((name) => join(".github", "workflows", name));
    return runProgram(linters.actionlint, ["-shellcheck", linters.shellcheck, "-no-color", ...files], { cwd: root });
  };
  const zizmor = (root: string): Promise<Outcome> =>
    runProgram(linters.zizmor, ["--offline", "--quiet", "--persona", "pedantic", "--color", "never", ".github"], {
      cwd: root,
    });
  const schema = (root: string, name: string, ...files: readonly string[]): Promise<Outcome> =>
    runProgram(linters.python, ["-m", "check_jsonschema", "--builtin-schema", `vendor.${name}`, ...files], {
      cwd: root,
    });

  it("actionlint and shellcheck find nothing in ours", async () => {
    expect(await actionlint(repository)).toEqual({ ok: true, stdout: "", stderr: "" });
    const { ok, stdout } = await actionlint(control);
    expect({ ok, stdout }).toEqual({
      ok: false,
      stdout: expect.stringMatching(/unexpected key "shel"[\s\S]*SC2086|SC2086[\s\S]*unexpected key "shel"/),
    });
  });

  it("zizmor finds nothing in ours", async () => {
    const { ok, stdout, stderr } = await zizmor(repository);
    expect({ ok, found: stdout.match(/^\w+\[[\w-]+\].*$/gm) ?? [], stderr }).toEqual({
      ok: true,
      found: [],
      stderr: "",
    });
    expect(await zizmor(control)).toMatchObject({ ok: false, stdout: expect.stringContaining("[unpinned-uses]") });
  });

  it("the schemas of GitHub and Dependabot fit ours", async () => {
    const files = names.map((name) => join(".github", "workflows", name));
    expect(await schema(repository, "github-workflows", ...files)).toMatchObject({ ok: true, stderr: "" });
    expect(await schema(repository, "dependabot", ".github/dependabot.yml")).toMatchObject({ ok: true, stderr: "" });
    expect(await schema(control, "github-workflows", ".github/workflows/faulty.yml")).toMatchObject({ ok: false });
    expect(await schema(control, "dependabot", ".github/dependabot.yml")).toMatchObject({ ok: false });
  });
});
