import { chmodSync, existsSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Profile } from "../../../src/executor/confine/profile.js";
import { closeInheritedDescriptors } from "../../../src/executor/inherited-descriptors.js";
import { type Bench, benchMachine } from "../bench-machine.js";
import { type AttackLine, attackLine, attackLines } from "./attack-lines.js";
import { type AttackWorld, makeAttackWorld } from "./attack-world.js";
import { BACKEND, type ConfinedCall, confined } from "./confined.js";
import { type Attacked, type AttackLimits, runAttack } from "./run-attack.js";
import { allRefused, calls, looks, machine, reads, starts, type Techniques, tryAll, writes } from "./techniques.js";

let bench: Bench;
let world: AttackWorld;

beforeAll(async () => {
  closeInheritedDescriptors();
  bench = benchMachine({ sandbox: "auto", backends: [BACKEND] });
  const { filters, refused } = await bench.machine.confinement();
  if (filters !== BACKEND) throw new Error(`nothing confines here: ${refused}`);
  // What confinement itself writes is there before anything is watched.
  for (const system of [true, false]) await confined(bench, { program: "/usr/bin/true", change: { system } });
  world = await makeAttackWorld(bench);
  await tryTheWall();
});

afterAll(() => {
  world?.remove();
  bench?.remove();
});

/** What part of a class runs at least; the rest is not installed, and listed. */
const LEAST = new Map([
  ["the network", 0.5],
  ["names of programs", 0.5],
  ["starting programs", 0.7],
  ["changing the machine", 0.7],
]);
const LEAST_OF_OTHERS = 0.85;

/** Two processors, and each attack has a producer. */
const AT_ONCE = 4;

describe(`security/attacks/utilities.jsonl with no grammar before ${BACKEND}`, () => {
  const lines = attackLines();

  const classes = [...new Set(lines.map((line) => line.class))];

  it.each(classes)("%s: nothing comes of it", { timeout: 300_000 }, async (kind) => {
    const all = lines.filter((line) => line.class === kind);
    const there = all.filter(({ program }) => program !== undefined);
    const started: Attacked[] = [];
    const refused: string[] = [];
    const problems: string[] = [];
    for (let next = 0; next < there.length; next += AT_ONCE) {
      const attacked = await attack(there.slice(next, next + AT_ONCE), { milliseconds: 1300 });
      started.push(...attacked.started);
      refused.push(...attacked.refused);
      problems.push(...attacked.problems);
    }
    const absent = all.filter(({ program }) => program === undefined).map(({ words: [name] }) => name);
    console.info(`${kind}: ${started.length} of ${all.length} ran; not installed: ${absent.join(" ") || "none"}`);
    if (refused.length > 0) console.info(refused.join("\n"));
    expect(problems).toEqual([]);
    expect(started.length / all.length).toBeGreaterThanOrEqual(LEAST.get(kind) ?? LEAST_OF_OTHERS);
  });
});

describe("what watches the attacks", () => {
  const open = { reads: ["/usr/lib", "/lib", "/lib64", "/usr/share", "/etc"] };

  it.each([
    "cat /etc/passwd",
    "rev /etc/passwd",
    "base64 /etc/passwd",
    "base32 /etc/passwd",
    "fold -w 3 /etc/passwd",
    "column -t -s : /etc/passwd",
    "od /etc/passwd",
    "od -c /etc/passwd",
    "od -An -tx1 /etc/passwd",
    "xxd /etc/passwd",
    "hexdump /etc/passwd",
    "hexdump -C /etc/passwd",
    "sha256sum /etc/passwd",
    "md5sum /etc/passwd",
    "date -f /etc/passwd",
    "grep -r '' /etc/passwd",
  ])("sees what is read: %s", async (text) => {
    const { problems, started } = await attack([attackLine("line", "reading", text)], {
      milliseconds: 3000,
      change: open,
    });
    expect([problems, started.length]).toEqual([[expect.stringContaining(": its output shows /etc/passwd")], 1]);
  });

  it("sees the server's variables", async () => {
    const env = { AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY ?? "" };
    const { stdout } = await confined(bench, { program: "/usr/bin/env", env });
    expect(world.leakIn(stdout, "nothing")).toBe("the token");
  });

  it("sees what is written", async () => {
    const made = join(world.root, "tmp", "out");
    const limits = { milliseconds: 3000, change: { writes: [world.root] } };
    const { problems } = await attack([attackLine("line", "writing files", "tee /tmp/out")], limits);
    expect(problems).toEqual(
      [expect.stringContaining(`${made}: nothing -> `), expect.stringContaining("/tmp: ")].sort(),
    );
    rmSync(made);
    world.damage();
  });

  // Its seccomp program is made when it is first asked for.
  const problemsOf = async (line: AttackLine, change: Partial<Profile>) =>
    (await attack([line], { milliseconds: 600, change })).problems.filter(
      (problem) => !problem.includes(`: ${bench.machine.directories.sandbox}`),
    );

  it("sees a connection", async () => {
    const change = { network: "any" as const, ...open };
    const line = attackLine("line", "the network", "bash -c 'exec 3<>/dev/tcp/127.0.0.1/80'");
    expect(await problemsOf(line, change)).toEqual([expect.stringContaining("1 times somebody was called")]);
  });

  it("sees a process", async () => {
    const line = attackLine("line", "starting programs", "bash -c 'while :; do :; done | :'");
    expect(await problemsOf(line, { processes: "any" as const, ...open })).toEqual([
      expect.stringMatching(/: it had \d+ processes$/),
    ]);
  });
});

// In bubblewrap's root there are no programs but these; Landlock lets others be looked up.
const LIBRARIES = ["/usr/lib", "/usr/local/lib", "/lib", "/lib64"];

const LOADER = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"].find((path) => existsSync(path));

describe(`a program of which every line is an attack, held by ${BACKEND}`, () => {
  const given = () => join(world.workspace, "given.txt");

  const python = (code: string, more: Partial<ConfinedCall> = {}) =>
    confined(bench, {
      program: realpathSync("/usr/bin/python3"),
      args: ["-I", "-S", "-c", code],
      needs: { reads: LIBRARIES, operands: [given()], cwd: world.workspace },
      own: true,
      ...more,
    });

  beforeAll(() => {
    writeFileSync(given(), "given\n");
    // Another user may read what it is given, too.
    for (const path of [bench.machine.workspace, world.home]) chmodSync(path, 0o755);
    world.damage();
  });

  const groups: readonly (readonly [what: string, techniques: () => Techniques])[] = [
    ["reads nothing", () => reads(world, bench.machine)],
    ["writes nothing", () => writes(world, bench.machine, given())],
    ["speaks to nobody", () => calls(world)],
    ["does nothing to other processes and to the machine", () => machine(world)],
    ["starts nothing", () => starts(world)],
  ];

  describe.each([true, false])("as the server's own user: %s", (own) => {
    it.each(groups)("%s", async (_, techniques) => {
      const tried = techniques();
      world.damage();
      const { stdout, stderr } = await python(tryAll(tried), { own });
      expect([stdout, stderr]).toEqual([allRefused(tried), ""]);
      expect(world.damage()).toEqual([]);
    });
  });

  it.each(["/usr/bin/id", "./elf", "/bin/sh"])("executes nothing by the loader: %s", async (path) => {
    starts(world);
    const code = `import os; os.execv("${LOADER}", ["ld.so", "${path}"])`;
    const { exit, stdout, stderr } = await python(code);
    expect([exit, stdout]).toEqual([{ kind: "exited", code: 127 }, ""]);
    expect(stderr).toMatch(/cannot open shared object file|Permission denied|No such file/);
  });

  it(`sees ${BACKEND === "setpriv" ? "that" : "not even that"} files are there, and how large`, async () => {
    const { stdout } = await python(tryAll(looks(world)));
    expect(stdout.match(/^(?:refused|came through)/gm)).toEqual(
      Array(3).fill(BACKEND === "setpriv" ? "came through" : "refused"),
    );
  });

  it("is held as a script with its interpreter", async () => {
    const script = join(world.root, "tmp", "attack");
    const made = join(world.root, "tmp", "by-script");
    const lines = [
      "#!/bin/sh",
      "echo ran",
      'while read -r line; do echo "$line"; done </etc/passwd',
      `echo x >${made}`,
      "/usr/bin/id",
      "(echo forked)",
      `. ${join(world.workspace, "notes.txt")}`,
      "echo not reached",
    ];
    writeFileSync(script, lines.join("\n"), { mode: 0o755 });
    world.damage();
    const { stdout, stderr } = await confined(bench, { program: script, needs: { cwd: world.workspace }, own: true });
    expect([stdout, world.leakIn(stderr, "nothing"), world.damage()]).toEqual(["ran\n", undefined, []]);
    rmSync(script);
  });
});

/** Runs some attacks at once; each problem says whose it may be. */
const attack = async (these: readonly AttackLine[], limits: AttackLimits) => {
  const attacked = await Promise.all(these.map((line) => runAttack(bench, world, line, limits)));
  const own = attacked.flatMap(({ line, problems }) =>
    problems.map((problem) => `${line.id} ${line.text}: ${problem}`),
  );
  const names = these.map(({ id, text }) => `${id} ${text}`).join(" or ");
  const problems = [...own, ...(await settled()).map((line) => `${names}: ${line}`)];
  const started = attacked.filter(({ refused }) => refused === undefined);
  const refused = attacked.flatMap(({ line, refused: why }) => (why === undefined ? [] : [`${line.text}: ${why}`]));
  return { started, refused, problems };
};

// Who was killed may still be there for a moment; the kernel takes its time, and so does a connection.
const settled = async (): Promise<readonly string[]> => {
  await expect
    .poll(() => world.left(), { timeout: 2000, interval: 10 })
    .toEqual([])
    .catch(() => undefined);
  return [...world.damage(), ...world.left()];
};

// Some of the lines would harm the machine if nothing held them: none of them runs before harmless ones have failed.
const tryTheWall = async (): Promise<void> => {
  const path = join(world.root, "tmp", "wall");
  for (const call of [
    { program: "/usr/bin/cat", args: [join(world.root, "etc", "hosts")] },
    { program: "/usr/bin/tee", args: [path] },
    { program: "/usr/bin/env", args: ["/usr/bin/id"] },
    { program: "/usr/bin/timeout", args: ["1", "/usr/bin/true"] },
  ]) {
    const { exit, stdout } = await confined(bench, { ...call, own: true });
    if (exit.kind !== "exited" || exit.code === 0 || stdout !== "")
      throw new Error(`${call.program} was not held: ${JSON.stringify({ exit, stdout })}`);
  }
  if (existsSync(path)) throw new Error(`${path} was written`);
};
