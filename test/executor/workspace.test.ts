import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Surroundings, usableWorkspace } from "../../src/executor/workspace.js";
import { err, ok } from "../../src/language/result.js";

let root: string;
let workspace: string;
let surroundings: Surroundings;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  for (const name of ["home/.aws", "home/work/inner", "cli/bin", "data/work", "etc"])
    mkdirSync(join(root, name), { recursive: true, mode: 0o755 });
  workspace = join(root, "data/work");
  surroundings = { home: join(root, "home"), cli: join(root, "cli/bin/aws") };
});

afterEach(() => rmSync(root, { recursive: true }));

/** Why the directory is refused, with its own name taken out; undefined when it is not. */
const reasonOf = (path: string, more: Partial<Surroundings> = {}): string | undefined => {
  const usable = usableWorkspace(path, { ...surroundings, ...more });
  return usable.ok ? undefined : usable.error.replace(`the workspace ${path} `, "").replaceAll(root, "");
};

describe("usableWorkspace", () => {
  it("gives the real path of a directory that keeps away from everything", () => {
    symlinkSync(workspace, join(root, "link"));
    expect(usableWorkspace(join(root, "link"), surroundings)).toEqual(ok(workspace));
    expect(usableWorkspace(workspace, { home: undefined, cli: undefined })).toEqual(ok(workspace));
    expect(reasonOf(join(root, "home/work"))).toBeUndefined();
  });

  it("refuses what is not there, or no directory", () => {
    writeFileSync(join(root, "file"), "");
    const gone = join(root, "gone");
    expect(usableWorkspace(gone, surroundings)).toEqual(err(`the workspace ${gone} does not exist`));
    expect(reasonOf(join(root, "file"))).toBe("is not a directory");
  });

  it("refuses HOME and what contains it, also by another name", () => {
    symlinkSync(join(root, "home"), join(root, "link"));
    for (const path of [join(root, "home"), root, join(root, "link")])
      expect(reasonOf(path)).toBe("is or contains the home directory");
    expect(reasonOf(join(root, "home"), { home: join(root, "link") })).toBe("is or contains the home directory");
    mkdirSync(join(root, "data/homes"));
    symlinkSync(join(root, "home"), join(root, "data/homes/me"));
    expect(reasonOf(join(root, "data"), { home: join(root, "data/homes/me") })).toBe(
      "is or contains the home directory",
    );
  });

  it("refuses what is, contains or lies in the AWS configuration, the CLI, the server or a guarded place", () => {
    mkdirSync(join(root, "home/.aws/cli"));
    mkdirSync(join(root, "cli/bin/inner"));
    for (const name of ["home/.aws", "home/.aws/cli"])
      expect(reasonOf(join(root, name))).toBe("overlaps the AWS configuration, /home/.aws");
    for (const name of ["cli", "cli/bin", "cli/bin/inner"])
      expect(reasonOf(join(root, name))).toBe("overlaps the AWS CLI, /cli/bin");
    const server = fileURLToPath(new URL("../..", import.meta.url));
    for (const path of [server, join(server, "src")]) expect(reasonOf(path)).toMatch(/^overlaps the server, /);
    const guarded = [{ what: "the audit log", path: join(root, "data/audit/log") }];
    for (const name of ["data", "data/audit", "data/audit/log", "data/audit/log/inner"]) {
      mkdirSync(join(root, name), { recursive: true });
      expect([name, reasonOf(join(root, name), { guarded })]).toEqual([
        name,
        "overlaps the audit log, /data/audit/log",
      ]);
    }
    expect(reasonOf(workspace, { guarded })).toBeUndefined();
  });

  it("sees a guarded place that does not exist yet, and one that a link in the workspace leads to", () => {
    const guarded = [{ what: "the audit log", path: join(workspace, "new/log") }];
    expect(reasonOf(workspace, { guarded })).toBe("overlaps the audit log, /data/work/new/log");
    symlinkSync(workspace, join(root, "link"));
    expect(reasonOf(workspace, { guarded: [{ what: "the log", path: join(root, "link/new/log") }] })).toBe(
      "overlaps the log, /link/new/log",
    );
    writeFileSync(join(root, "etc/log"), "");
    symlinkSync(join(root, "etc/log"), join(workspace, "planted"));
    expect(reasonOf(workspace, { guarded: [{ what: "the log", path: join(workspace, "planted") }] })).toBe(
      "overlaps the log, /data/work/planted",
    );
  });

  it("refuses what is, contains or lies in the folder of a file that decides", () => {
    mkdirSync(join(root, "etc/inner"));
    writeFileSync(join(root, "etc/policy.yaml"), "");
    for (const path of [join(root, "etc/policy.yaml"), join(root, "etc/not-yet.yaml")]) {
      const files = [{ what: "the policy", path }];
      for (const name of ["etc", "etc/inner"])
        expect(reasonOf(join(root, name), { files })).toBe(
          `overlaps the folder of the policy, ${path.slice(root.length)}`,
        );
      expect(reasonOf(root, { files, home: undefined, cli: undefined })).toMatch(/^overlaps the folder of the policy/);
      expect(reasonOf(workspace, { files })).toBeUndefined();
    }
    symlinkSync(join(root, "etc/policy.yaml"), join(workspace, "policy.yaml"));
    symlinkSync(join(workspace, "policy.yaml"), join(root, "link.yaml"));
    const planted = [{ what: "the policy", path: join(workspace, "policy.yaml") }];
    expect(reasonOf(workspace, { files: planted })).toMatch(/^overlaps the folder of the policy/);
  });

  it("lies where it likes when such a file lies in HOME or among temporary files", () => {
    const files = [{ what: "the configuration", path: join(root, "home/aws-config") }];
    expect(reasonOf(join(root, "home/work"), { files })).toBeUndefined();
    const temporary = join(root, "data");
    const other = [{ what: "the configuration", path: join(root, "data/aws-config") }];
    expect(reasonOf(workspace, { files: other, temporary })).toBeUndefined();
    expect(reasonOf(workspace, { files: other })).toMatch(/^overlaps the folder of the configuration/);
  });

  it("refuses what is or contains the directory for temporary files", () => {
    for (const temporary of [workspace, join(workspace, "tmp")])
      expect(reasonOf(workspace, { temporary })).toBe("is or contains the directory for temporary files");
    expect(reasonOf(workspace, { temporary: join(root, "data") })).toBeUndefined();
  });

  it.each([
    "/",
    "/tmp",
    "/var",
    "/run",
    "/home",
    "/etc",
    "/usr",
    "/usr/share",
    "/bin",
    "/lib",
    "/dev",
    "/proc",
    "/sys",
  ])("refuses %s of the system", (path) => {
    expect(usableWorkspace(path, { home: undefined, cli: undefined })).toMatchObject({
      ok: false,
      error: expect.stringContaining("belongs to the system"),
    });
  });

  it("refuses what others may write to", () => {
    for (const mode of [0o770, 0o707, 0o720, 0o702, 0o1777]) {
      chmodSync(workspace, mode);
      expect(reasonOf(workspace)).toBe("can be written to by others; `chmod go-w` changes that");
    }
    for (const mode of [0o700, 0o755, 0o2750]) {
      chmodSync(workspace, mode);
      expect(reasonOf(workspace)).toBeUndefined();
    }
  });

  it("refuses what belongs to another user, unless that is root or we are", ({ skip }) => {
    if (process.getuid?.() !== 0) skip("only root gives files away");
    expect([reasonOf(workspace, { user: 4242 }), reasonOf(workspace, { user: 0 })]).toEqual([undefined, undefined]);
    chownSync(workspace, 4243, 4243);
    expect(reasonOf(workspace, { user: 4242 })).toBe("belongs to another user, 4243");
    expect([reasonOf(workspace, { user: 4243 }), reasonOf(workspace)]).toEqual([undefined, undefined]);
  });
});
