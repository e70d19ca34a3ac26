import { spawn } from "node:child_process";
import { needServer } from "../provision/needs.js";

export type Ended = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The bytes of stdout, and the same as text. */
  readonly bytes: Buffer;
  readonly out: string;
  readonly errors: string;
};

export type Given = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  /** Sends SIGTERM as soon as this is true. */
  readonly stopWhen?: () => boolean;
};

/** Runs the built program to its end. */
export const runAwspipe = (args: readonly string[], given: Given = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", ...given.environment };
    const child = spawn(process.execPath, [needServer(), ...args], { env });
    const chunks: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(given.input ?? "");
    const watch = setInterval(() => {
      if (given.stopWhen?.() !== true) return;
      clearInterval(watch);
      child.kill("SIGTERM");
    }, 50);
    child.on("close", (code, signal) => {
      clearInterval(watch);
      const bytes = Buffer.concat(chunks);
      resolve({ code, signal, bytes, out: bytes.toString(), errors });
    });
  });
