import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeInheritedDescriptors } from "../../../src/executor/inherited-descriptors.js";
import { type Bench, benchMachine } from "../bench-machine.js";
import { isAlive } from "../leftovers.js";
import { BACKEND, type ConfinedCall, confined } from "./confined.js";

let bench: Bench;

beforeAll(() => {
  closeInheritedDescriptors();
  bench = benchMachine({ sandbox: "auto", backends: [BACKEND] });
});

afterAll(() => bench.remove());

// Where Python's modules are. In bubblewrap's root there are no programs but these; Landlock lets other programs be read.
const LIBRARIES = ["/usr/lib", "/usr/local/lib", "/lib", "/lib64"];

const run = (call: ConfinedCall) => confined(bench, call);

/** A program that can try anything. */
const python = (code: string, more: Partial<ConfinedCall> = {}) =>
  run({
    program: realpathSync("/usr/bin/python3"),
    args: ["-I", "-S", "-c", code],
    needs: { reads: LIBRARIES, ...more.needs },
    ...more,
  });

const ok = (stdout: string) => ({ exit: { kind: "exited", code: 0 }, stdout, stderr: "" });

describe(`a filter that ${BACKEND} holds`, () => {
  it("says so", async () => {
    const { filters, aws } = await bench.machine.confinement();
    expect([filters, aws]).toEqual([BACKEND, BACKEND]);
    const { enforced, stages } = await bench.run("echo hi | wc -c");
    expect(enforced).toEqual(
      expect.arrayContaining([
        "dies-with-server",
        "no-new-privileges",
        "no-other-files",
        "no-network",
        "no-new-processes",
        "resource-limits",
      ]),
    );
    expect(stages.map((stage) => stage.enforced)).toEqual([enforced, enforced]);
  });

  it("reads its input and writes its output", async () => {
    expect(await run({ program: "/usr/bin/tr", args: ["a-z", "A-Z"], stdin: "hello\n" })).toEqual(ok("HELLO\n"));
  });

  it("knows the characters of UTF-8", async () => {
    expect(await run({ program: "/usr/bin/grep", args: ["-o", "^."], stdin: "éa\n" })).toEqual(ok("é\n"));
  });

  it("reads a file that it was given, and none beside it", async () => {
    const [given, beside] = ["given.txt", "beside.txt"].map((name) => join(bench.machine.workspace, name));
    for (const path of [given, beside]) writeFileSync(path ?? "", "canary\n");
    const cat = (path = "") =>
      run({ program: "/usr/bin/cat", args: [path], needs: { operands: [given ?? ""] }, own: true });
    expect(await cat(given)).toEqual(ok("canary\n"));
    expect(await cat(beside)).toMatchObject({ exit: { kind: "exited", code: 1 }, stdout: "" });
  });

  it.each([
    "/etc/passwd",
    "/etc/hostname",
    "/proc/self/environ",
    `/proc/${process.pid}/environ`,
    `/proc/${process.pid}/cmdline`,
    "/proc/1/environ",
    "/dev/mem",
    "/usr/bin/true",
  ])("cannot read %s", async (path) => {
    for (const own of [true, false]) {
      const { exit, stdout } = await run({ program: "/usr/bin/cat", args: [path], own });
      expect([exit, stdout]).toEqual([{ kind: "exited", code: 1 }, ""]);
    }
  });

  it("does not follow a link out of the folder that it may look into", async () => {
    const folder = join(bench.machine.workspace, "looked-into");
    mkdirSync(folder);
    writeFileSync(join(folder, "here.txt"), "here\n");
    symlinkSync("/usr/share", join(folder, "out"));
    const needs = { operands: [folder], cwd: folder };
    expect(await run({ program: "/usr/bin/ls", args: ["."], needs, own: true })).toEqual(ok("here.txt\nout\n"));
    expect(await run({ program: "/usr/bin/ls", args: ["out/"], needs, own: true })).toMatchObject({ stdout: "" });
    expect(
      await run({ program: "/usr/bin/cat", args: ["out/common-licenses/MPL-2.0"], needs, own: true }),
    ).toMatchObject({
      stdout: "",
    });
  });

  it("writes nothing, but into a folder that it was given", async () => {
    const folder = join(bench.machine.directories.runs, "its-own");
    mkdirSync(folder);
    const elsewhere = join(bench.machine.directories.runs, "elsewhere");
    const tee = (path: string, writes: readonly string[]) =>
      run({ program: "/usr/bin/tee", args: [path], stdin: "x", needs: { writes }, own: true });
    expect(await tee(join(folder, "made"), [folder])).toEqual(ok("x"));
    expect(readFileSync(join(folder, "made"), "utf8")).toBe("x");
    for (const path of [
      elsewhere,
      "/tmp/awspipe-canary",
      join(bench.machine.directories.empty, "x"),
      join(bench.home, "x"),
    ]) {
      expect((await tee(path, [folder])).exit).toEqual({ kind: "exited", code: 1 });
      expect(existsSync(path)).toBe(false);
    }
    expect((await tee(join(folder, "made"), [])).exit).toEqual({ kind: "exited", code: 1 });
  });

  it("has an empty working directory and HOME that nothing can be put into", async () => {
    const code =
      "import os; print(os.getcwd() == os.environ['HOME'])\ntry: print(os.listdir('.'))\nexcept PermissionError: print([])\nopen('x', 'w')";
    const { stdout, stderr, exit } = await python(code);
    expect([stdout, exit]).toEqual(["True\n[]\n", { kind: "exited", code: 1 }]);
    expect(stderr).toMatch(/PermissionError|Read-only file system/);
  });

  it("starts no process, but threads", async () => {
    const forks = "import os\ntry: os.fork()\nexcept OSError as e: print(e.errno)";
    expect(await python(forks)).toEqual(ok("1\n"));
    const threads = "import threading\nt = threading.Thread(target=lambda: print('thread'))\nt.start(); t.join()";
    expect(await python(threads)).toEqual(ok("thread\n"));
    expect(await run({ program: "/usr/bin/sort", args: ["--parallel=2"], stdin: "b\na\n" })).toEqual(ok("a\nb\n"));
  });

  it("becomes no other program, by no way", async () => {
    for (const code of [
      "import os; os.execv('/usr/bin/id', ['id'])",
      "import os; f = os.open('/usr/bin/id', os.O_RDONLY); os.execve(f, ['id'], {})",
      "import os; f = os.memfd_create('x'); os.write(f, open('/usr/bin/id', 'rb').read()); os.execve(f, ['id'], {})",
      "import ctypes; c = ctypes.CDLL(None); print(c.execve(b'/lib64/ld-linux-x86-64.so.2', None, None))",
    ]) {
      const { stdout, exit } = await python(code, {
        needs: { reads: [...LIBRARIES, ...(BACKEND === "setpriv" ? ["/usr/bin"] : [])] },
      });
      expect([stdout.includes("uid="), exit]).toEqual([false, expect.anything()]);
    }
  });

  it("makes no socket, so that a listener hears nothing", async () => {
    let heard = 0;
    const server = createServer(() => {
      heard += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const code = `import socket\nfor f in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n try: socket.socket(f)\n except OSError as e: print(e.errno)`;
    expect(await python(code, { needs: { reads: ["/usr", "/lib", "/lib64"] } })).toEqual(ok("13\n13\n13\n"));
    const gawk = `BEGIN { s = "/inet/tcp/0/127.0.0.1/${port}"; print "x" |& s; print "went on" }`;
    expect((await run({ program: "/usr/bin/gawk", args: [gawk] })).stdout).not.toContain("GET");
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.close();
    expect(heard).toBe(0);
  });

  it("has descriptors 0, 1 and 2 and no other", async () => {
    const code = "import os; print(sorted(map(int, os.listdir('/proc/self/fd'))))";
    const more = BACKEND === "bubblewrap" ? { change: { system: true } } : {};
    const reads = ["/usr", "/lib", "/lib64", ...(BACKEND === "setpriv" ? ["/proc"] : [])];
    // The fourth is the directory that is being listed.
    expect(await python(code, { needs: { reads }, ...more })).toEqual(ok("[0, 1, 2, 3]\n"));
  });

  it("has an absolute argv[0] and at most six variables, none of them AWS's", async () => {
    const code = "import os, sys; print(sorted(os.environ)); print(open('/proc/self/cmdline').read().split(chr(0))[0])";
    const more = BACKEND === "bubblewrap" ? { change: { system: true } } : {};
    const reads = ["/usr", "/lib", "/lib64", ...(BACKEND === "setpriv" ? ["/proc"] : [])];
    const { stdout } = await python(code, { needs: { reads }, ...more });
    expect(stdout).toBe(
      `['AWSPIPE_RUN', 'HOME', 'LC_ALL', 'PATH'${BACKEND === "bubblewrap" ? ", 'PWD'" : ""}]\n${realpathSync("/usr/bin/python3")}\n`,
    );
  });

  it("dies with the signal that ends it, and its status is its own", async () => {
    const ends = async (code: string) => (await python(code)).exit;
    expect(await ends("raise SystemExit(7)")).toEqual({ kind: "exited", code: 7 });
    expect(await ends("import os\nwhile True: os.write(1, b'x' * 65536) and os.close(1)")).toEqual({
      kind: "exited",
      code: 1,
    });
    const { stages } = await bench.run("seq 1 10000000 | head -1");
    expect(stages.map(({ exit }) => exit)).toEqual([
      { kind: "signalled", signal: "SIGPIPE" },
      { kind: "exited", code: 0 },
    ]);
  });

  it("gets TERM, and may put its things in order", async () => {
    const code =
      "import signal, time, sys\nsignal.signal(15, lambda *_: (print('in order', flush=True), sys.exit(3)))\nprint('ready', flush=True)\ntime.sleep(20)";
    const started = Date.now();
    const end = await python(code, { meanwhile: (child) => setTimeout(() => child.signal("SIGTERM"), 1500) });
    expect(end).toEqual({ exit: { kind: "exited", code: 3 }, stdout: "ready\nin order\n", stderr: "" });
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it("is killed when it does not end, with everything in it", async () => {
    let pid = 0;
    const code = "import signal, time\nsignal.signal(15, signal.SIG_IGN)\nprint('ready', flush=True)\ntime.sleep(20)";
    const end = await python(code, {
      meanwhile: (child) => {
        pid = child.pid ?? 0;
        setTimeout(() => child.signal("SIGTERM"), 1000);
        setTimeout(() => child.signal("SIGKILL"), 1300);
      },
    });
    expect([end.exit, end.stdout]).toEqual([{ kind: "signalled", signal: "SIGKILL" }, "ready\n"]);
    await expect.poll(() => isAlive(pid), { timeout: 3000 }).toBe(false);
  });

  it("is bounded in time, memory, file size and descriptors", async () => {
    const limits = { cpuSeconds: 1, addressSpace: 512 * 1024 ** 2, fileSize: 1000, openFiles: 48 };
    const bounded = (code: string, more: Partial<ConfinedCall> = {}) => python(code, { change: { limits }, ...more });
    expect((await bounded("while True: pass")).exit).toMatchObject({ kind: "signalled" });
    expect((await bounded("x = 'x' * 10**9")).stderr).toContain("MemoryError");
    const folder = join(bench.machine.directories.runs, "bounded");
    mkdirSync(folder);
    const needs = { writes: [folder], reads: LIBRARIES };
    await bounded(`open('${folder}/x', 'w').write('x' * 5000)`, { needs, own: true });
    expect(readFileSync(join(folder, "x")).length).toBeLessThanOrEqual(1000);
    expect((await bounded("import os\nfor i in range(99): os.dup(1)")).stderr).toContain("Too many open files");
  });

  it("puts what does not fit into memory into a folder of its own, which goes with the run", async () => {
    const { output } = await bench.run("seq 400000 -1 1 | sort -n -S 1M | head -1");
    expect(output.text).toBe("1\n");
    const numbers = Array.from({ length: 400_000 }, (_, index) => 400_000 - index).join("\n");
    writeFileSync(join(bench.machine.workspace, "numbers.txt"), numbers);
    const sorted = await bench.run("sort -n -S 1M numbers.txt | head -1");
    // Where no signal can be raised, sort says that nobody reads any more instead of ending by SIGPIPE.
    expect([sorted.output.text, sorted.stages[0].stderr]).toEqual(["1\n", expect.not.stringContaining("create")]);
    expect(readdirSync(bench.machine.directories.scratch)).toEqual([]);
  });
});
