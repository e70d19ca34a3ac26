import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needMoto } from "../provision/needs.js";
import type { Moto } from "../provision/start-moto.js";
import { startMoto } from "../provision/start-moto.js";
import { runOnce, type Served, serveStdio } from "./container.js";
import { helpFiles } from "./help-files.js";
import { ownFolder } from "./own-folder.js";

// One container for all that leaves it as it was. The stand-in for AWS is on this machine's loopback.
let moto: Moto;
let served: Served;
let audit: string;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  const folder = ownFolder(mkdtempSync(join(tmpdir(), "awspipe-audit-")));
  audit = folder.path;
  served = await serveStdio({
    flags: ["--network", "host", ...folder.user, "--volume", `${audit}:/var/log/awspipe`, ...(await helpFiles())],
    settings: { ...moto.environment, AWS_MCP_AUDIT_LOG: "/var/log/awspipe/audit.jsonl" },
  });
});

afterAll(async () => {
  await served.close();
  await moto.stop();
  rmSync(audit, { recursive: true });
});

type Data = {
  readonly status: string;
  readonly enforced?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
};

const run = async (command: string) => {
  const answer = await served.call({ name: "aws_cli_pipeline", arguments: { command } });
  // What the tool's output schema says.
  return { ...answer, data: answer.data as Data };
};

describe("the container over stdio", () => {
  it("offers the tools to the SDK's client", async () => {
    const tools = (await served.tools()) as readonly { readonly name: string }[];
    expect(tools.map(({ name }) => name).sort()).toEqual([
      "aws_cli_check",
      "aws_cli_help",
      "aws_cli_pipeline",
      "aws_cli_read",
    ]);
  });

  it("runs a pipeline of the AWS CLI and filters", async () => {
    await run("aws s3 mb s3://from-a-container");
    const { text, isError } = await run(
      "aws s3api list-buckets --output json | jq -r '.Buckets[].Name' | grep container",
    );
    expect({ text, isError }).toEqual({ text: expect.stringContaining("from-a-container\n"), isError: false });
  });

  it("refuses what the rules refuse", async () => {
    const { isError, data } = await run("aws iam create-access-key");
    expect({ isError, code: data.error?.code }).toEqual({ isError: true, code: "effect-permissions" });
    const { data: none } = await run("bash -c id");
    expect(none.error?.code).toBe("unknown-utility");
  });

  it("prints the AWS CLI's help, for which the formatter is there", async () => {
    const { text } = await served.call({ name: "aws_cli_help", arguments: { service: "s3", command: "ls" } });
    expect(text).toMatch(/SYNOPSIS/);
  });

  it("says of each stage what the kernel holds it to", async () => {
    const { data } = await run("aws s3 ls | wc -l");
    expect(data).toMatchObject({ status: "success" });
    expect(JSON.stringify(data)).toMatch(/setpriv-landlock.*no-other-files.*no-network.*no-new-processes/);
  });

  it("writes its audit log into a mounted folder, where it can be verified", async () => {
    await run("echo to be found in the log | wc -c");
    expect(readdirSync(audit).sort()).toEqual(["audit.jsonl", "audit.jsonl.reserve"]);
    expect(readFileSync(join(audit, "audit.jsonl"), "utf8")).toContain("to be found in the log");
    const verified = await runOnce(["audit", "verify", "/log/audit.jsonl"], {
      flags: ["--network", "none", "--volume", `${audit}:/log:ro`, ...ownFolder(audit).user],
    });
    expect(verified).toMatchObject({ ok: true, stdout: expect.stringMatching(/intact/) });
  });
});

describe("the container's own limits", () => {
  const status = (path: string) =>
    served.inside<Readonly<Record<string, string>>>(`
      import { readFileSync } from "node:fs";
      const lines = readFileSync("${path}", "utf8").split("\\n").map((line) => line.split(":\\t"));
      console.log(JSON.stringify(Object.fromEntries(lines)));`);

  it("leave its processes no capability, no way to new privileges, and a filter of system calls", async () => {
    const first = await status("/proc/1/status");
    expect(first).toMatchObject({
      Name: "tini",
      CapInh: "0000000000000000",
      CapPrm: "0000000000000000",
      CapEff: "0000000000000000",
      CapBnd: "0000000000000000",
      CapAmb: "0000000000000000",
      NoNewPrivs: "1",
      Seccomp: "2",
    });
    expect(await status("/proc/self/status")).toMatchObject({
      CapEff: "0000000000000000",
      NoNewPrivs: "1",
      Seccomp: "2",
    });
  });

  it("let nothing be written but to what is in memory", async () => {
    const roots = await served.inside<readonly string[]>(`
      import { readFileSync } from "node:fs";
      const mounts = readFileSync("/proc/mounts", "utf8").split("\\n").map((line) => line.split(" "));
      console.log(JSON.stringify(mounts.filter(([, place]) => place === "/").map(([, , , options]) => options.split(",")[0])));`);
    expect(roots).toEqual(["ro"]);
    const places = ["/", "/app", "/app/dist/cli.js", "/home/awspipe", "/usr/bin", "/etc", "/workspace", "/tmp"];
    const open = await served.inside<readonly string[]>(`
      import { accessSync, constants } from "node:fs";
      console.log(JSON.stringify(${JSON.stringify(places)}.filter((place) => {
        try { accessSync(place, constants.W_OK); return true; } catch { return false; }
      })));`);
    expect(open).toEqual(["/tmp"]);
  });

  it("hold a server that is not root", async () => {
    const ids = await served.inside<readonly number[]>(
      "console.log(JSON.stringify([process.getuid(), process.getgid(), process.getgroups().length]))",
    );
    expect(ids.slice(0, 2)).toEqual([process.getuid?.() || 10001, process.getuid?.() ? process.getgid?.() : 10001]);
  });
});
