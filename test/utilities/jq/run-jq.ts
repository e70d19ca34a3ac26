import { execFile } from "node:child_process";

/** Whether the installed jq compiles each program: without input nothing runs, and a program that does not compile exits with 3. */
export const compiles = async (programs: readonly string[]): Promise<readonly boolean[]> => {
  const runs = await runAll(programs, [], { PATH: process.env.PATH ?? "" }, "/");
  return runs.map(({ code }) => code === 0);
};

export type JqRun = { readonly program: string; readonly code: number | undefined; readonly output: string };

/** Runs jq once per program, three at a time, with an empty stdin; `output` is stdout and stderr together. */
export const runAll = async (
  programs: readonly string[],
  options: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<readonly JqRun[]> => {
  const runs = new Map<number, JqRun>();
  const queue = programs.entries();
  const worker = async () => {
    for (const [index, program] of queue) runs.set(index, await run(program, options, env, cwd));
  };
  await Promise.all([worker(), worker(), worker()]);
  return programs.flatMap((_, index) => runs.get(index) ?? []);
};

const run = (
  program: string,
  options: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<JqRun> =>
  new Promise((resolve) => {
    // A leading blank keeps `-x` a program; `--` before it is a usage error in jq 1.6.
    const argv = [...options, ` ${program}`];
    const child = execFile("jq", argv, { env, cwd, timeout: 2_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
      resolve({ program, code, output: stdout + stderr });
    });
    child.stdin?.end();
  });
