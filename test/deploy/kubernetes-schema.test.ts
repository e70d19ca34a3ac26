import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kubernetesValidate, type ValidateCommand } from "../provision/kubernetes-validate.js";
import { runProgram } from "../provision/run-program.js";
import { render, VARIANTS } from "./kubernetes-rendered.js";

let validate: ValidateCommand;
let folder: string;

beforeAll(async () => {
  [validate] = await Promise.all([kubernetesValidate(), ...VARIANTS.map(render)]);
  folder = mkdtempSync(join(tmpdir(), "awspipe-manifests-"));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const validated = async (text: string, version: string) => {
  const file = join(folder, "manifests.yaml");
  writeFileSync(file, text);
  const [program, ...args] = validate;
  const { ok, stdout } = await runProgram(program, [...args, "--strict", "--kubernetes-version", version, file]);
  return { ok, lines: stdout.trim().split("\n") };
};

// The first version that sleeps before it stops a container, and the newest one whose schemas there are.
it.each(VARIANTS.flatMap((variant) => ["1.30", "1.37"].map((version) => [variant, version] as const)))(
  "what %s renders to is known to Kubernetes %s in every member",
  async (variant, version) => {
    const { text, kinds } = await render(variant);
    const { ok, lines } = await validated(text, version);
    // A kind without a schema is a warning there.
    expect(lines.filter((line) => !line.startsWith("INFO "))).toEqual([]);
    expect({ ok, count: lines.length }).toEqual({ ok: true, count: kinds.length });
  },
);

it("what Kubernetes does not know is found", async () => {
  const { text } = await render("base");
  const { ok, lines } = await validated(text.replace("readOnlyRootFilesystem", "readonlyRootFilesystem"), "1.37");
  expect(ok).toBe(false);
  expect(lines.join("\n")).toMatch(/did not validate for resource deployment\/awspipe .*readonlyRootFilesystem/s);
});
