import { execFile } from "node:child_process";

export type AwkRun = {
  readonly program: string;
  /** Undefined where it was stopped: it ran too long or wrote too much. */
  readonly code: number | undefined;
  /** Standard output and standard error. */
  readonly output: string;
};

export type AwkSetting = {
  readonly options?: readonly string[];
  readonly files?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Milliseconds; random programs may run for ever. */
  readonly timeout?: number;
};

/** Runs gawk once per program, two at a time. */
export const runAll = async (programs: readonly string[], setting: AwkSetting = {}): Promise<readonly AwkRun[]> => {
  const runs = new Map<number, AwkRun>();
  const queue = programs.entries();
  const worker = async () => {
    for (const [index, program] of queue) runs.set(index, await run(program, setting));
  };
  await Promise.all([worker(), worker()]);
  return programs.flatMap((_, index) => runs.get(index) ?? []);
};

/** What gawk says of programs that it does not run; `--gen-pot` reads the program and ends. */
export const complaints = async (programs: readonly string[]): Promise<readonly AwkRun[]> =>
  (await runAll(programs, { options: ["--gen-pot"] })).filter(({ code }) => code !== 0);

const run = (
  program: string,
  { options = [], files = [], env = {}, cwd = "/", input = "", timeout = 20_000 }: AwkSetting,
) =>
  new Promise<AwkRun>((resolve) => {
    const setting = { env: { LC_ALL: "C.UTF-8", ...env }, cwd, timeout, maxBuffer: 50_000 };
    const child = execFile("/usr/bin/gawk", [...options, "--", program, ...files], setting, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
      resolve({ program, code, output: stdout + stderr });
    });
    // A program that ends before it has read its input closes the pipe.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
