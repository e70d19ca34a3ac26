import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOnce, type Served, serveStdio } from "./container.js";
import { ownFolder } from "./own-folder.js";

let served: Served;
let aws: string;

beforeAll(async () => {
  aws = mkdtempSync(join(tmpdir(), "awspipe-aws-"));
  writeFileSync(
    join(aws, "credentials"),
    "[default]\naws_access_key_id = AKIASTOLEN\naws_secret_access_key = stolen\n",
  );
  served = await serveStdio({
    flags: ["--network", "none", ...ownFolder(aws).user, "--volume", `${aws}:/home/awspipe/.aws:ro`],
  });
});

afterAll(async () => {
  await served.close();
  rmSync(aws, { recursive: true });
});

type Attempt = { readonly exit: number | string; readonly output: string };

describe("the kernel, in the container", () => {
  it("stops what no grammar has read, and would not be stopped without it", async () => {
    const program = readFileSync(new URL("programs/break-out.mjs", import.meta.url), "utf8");
    const found =
      await served.inside<Readonly<Record<string, { readonly open: Attempt; readonly held: Attempt }>>>(program);
    const allowed = { exit: 0, output: "given" };
    const stopped = { exit: expect.not.stringMatching(/^0$/), output: "" };
    expect(found).toEqual({
      "a file that it was given": { open: allowed, held: allowed },
      "the accounts": { open: { exit: 0, output: expect.stringContaining("awspipe") }, held: stopped },
      "the credentials": { open: { exit: 0, output: expect.stringContaining("AKIASTOLEN") }, held: stopped },
      "another process's environment": { open: { exit: 0, output: expect.stringContaining("HOME=") }, held: stopped },
      "what is in the root": { open: { exit: 0, output: "/usr" }, held: stopped },
      "a connection": { open: { exit: 0, output: "heard" }, held: { ...stopped, exit: expect.anything() } },
      "another program": { open: { exit: 0, output: "run" }, held: stopped },
      "a new file": { open: { exit: 0, output: "given" }, held: { exit: 1, output: "given" } },
      "the credentials, by the AWS CLI": {
        open: { exit: 0, output: expect.stringContaining("AKIASTOLEN") },
        held: stopped,
      },
    });
  });

  it("is found by doctor, which names what it cannot have here", async () => {
    const { stdout } = await runOnce(["doctor"]);
    expect(stdout).toMatch(/^ok +confinement +filters: setpriv, aws: setpriv(?:;|$)/m);
    expect(stdout).toMatch(/^ok +egress /m);
    expect(stdout).not.toMatch(/^absent/m);
  });

  it("stops the start where it has no Landlock, and says so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "awspipe-seccomp-"));
    const profile = join(folder, "no-landlock.json");
    // ENOSYS, as of a kernel before 5.13.
    const names = ["landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"];
    const absent = { names, action: "SCMP_ACT_ERRNO", errnoRet: 38 };
    writeFileSync(profile, JSON.stringify({ defaultAction: "SCMP_ACT_ALLOW", syscalls: [absent] }));
    const flags = ["--network", "none", "--security-opt", `seccomp=${profile}`];
    const { ok, stdout, stderr } = await runOnce([], { flags });
    rmSync(folder, { recursive: true });
    expect({ ok, stdout }).toEqual({ ok: false, stdout: "" });
    expect(stderr).toMatch(
      /^awspipe: AWS_MCP_SANDBOX=required, and nothing here can confine stages: setpriv: .*Function not implemented/m,
    );
  });
});
