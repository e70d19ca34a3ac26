import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { needProgram } from "../provision/needs.js";
import { type Certificate, makeCertificate } from "./make-certificate.js";

/** A real redis-server of a test's own: on loopback, in a private folder, without a disk. */
export type Redis = {
  /** With the password. */
  readonly url: string;
  readonly port: number;
  /** Sends a command as an administrator, on a connection of its own. */
  readonly ask: (...words: readonly string[]) => Promise<unknown>;
  /** It holds still with all its connections, and goes on. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** It is gone from one moment to the other, with all it knew. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Ends it for good. */
  readonly remove: () => Promise<void>;
  /** By which whoever connects over TLS may know it. */
  readonly certificate: Certificate | undefined;
};

export const PASSWORD = "s3cret%/?#@pass";

export const startRedis = async ({ tls = false, password = PASSWORD } = {}): Promise<Redis> => {
  const folder = mkdtempSync(join(tmpdir(), "test-redis-"));
  const certificate = tls ? makeCertificate(folder) : undefined;
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(needProgram("redis-server"), [...wordsFor(port, folder, certificate), "--requirepass", password], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    const ready = new Promise<void>((resolve, reject) => {
      child?.stdout?.on("data", (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes("Ready to accept connections")) resolve();
      });
      child?.once("exit", () => reject(new Error(out)));
    });
    await ready;
  };
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  const url = `${tls ? "rediss" : "redis"}://${password === "" ? "" : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`;
  return {
    ...{ url, port, start, kill, certificate },
    ask: async (...words) => {
      const socket = certificate === undefined ? {} : { socket: { tls: true as const, ca: certificate.ca } };
      const client = createClient({ url, ...socket });
      client.on("error", () => undefined);
      await client.connect();
      try {
        return await client.sendCommand(words);
      } finally {
        client.destroy();
      }
    },
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const wordsFor = (port: number, folder: string, certificate: Certificate | undefined): readonly string[] => [
  ...["--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no", "--daemonize", "no"],
  ...(certificate === undefined
    ? ["--port", String(port)]
    : [
        ...["--port", "0", "--tls-port", String(port), "--tls-auth-clients", "no"],
        ...["--tls-cert-file", certificate.certificateFile, "--tls-key-file", certificate.keyFile],
        ...["--tls-ca-cert-file", certificate.certificateFile],
      ]),
];

/** A port of loopback where nothing listens. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
};
