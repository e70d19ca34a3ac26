import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { repository } from "../provision/repository.js";
import { freePort } from "./free-port.js";

/** A line of nginx's access log, as `deploy/nginx/awspipe.conf` has it. */
export type Entry = {
  /** Epoch seconds. */
  readonly ended: number;
  readonly seconds: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** What nginx knows of its tries, one after the other. */
  readonly replicas: string;
  readonly statuses: string;
  readonly sent: string;
  readonly trace: string;
};

export type Nginx = {
  /** Of the MCP endpoint. */
  readonly url: URL;
  readonly port: number;
  /** Of the main process, whose children are the workers. */
  readonly pid: number;
  readonly entries: () => readonly Entry[];
  /** Warnings and worse. */
  readonly errors: () => string;
  readonly stop: () => Promise<void>;
};

export type NginxOptions = {
  /** Where the replicas listen, at most three. */
  readonly ports: readonly number[];
  /** Other texts of the configuration that are to be replaced. Each has to be there. */
  readonly replace?: Readonly<Record<string, string>>;
};

/** Bounds by address that are not reached where all clients have one address. */
export const UNBOUNDED = { "rate=50r/s": "rate=100000r/s", "burst=200": "burst=100000", "at_once 64": "at_once 4096" };

/**
 * Starts nginx with `deploy/nginx/awspipe.conf`, two workers, a directory of its own and a port that is free. It ends with
 * whoever has started it.
 *
 * @param programs absolute paths
 */
export const startNginxProcess = async (
  programs: { readonly nginx: string; readonly setpriv: string },
  options: NginxOptions,
): Promise<Nginx> => {
  const folder = mkdtempSync(join(tmpdir(), "awspipe-nginx-"));
  const at = (name: string): string => join(folder, name);
  const port = await freePort();
  writeFileSync(at("awspipe.conf"), configured(port, at("access.log"), options));
  writeFileSync(at("nginx.conf"), mainContext(folder));
  const command = [programs.nginx, "-p", `${folder}/`, "-e", at("error.log"), "-c", at("nginx.conf")];
  const child = spawn(programs.setpriv, ["--pdeathsig", "TERM", "--", ...command], { stdio: "ignore" });
  const ended = once(child, "exit");
  const errors = (): string => readFileSync(at("error.log"), "utf8");
  while (!(await isListening(port))) if (child.exitCode !== null) throw new Error(`nginx did not start: ${errors()}`);
  return {
    ...{ url: new URL(`http://127.0.0.1:${port}/mcp`), port, pid: child.pid ?? 0, errors },
    entries: () =>
      readFileSync(at("access.log"), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Entry => JSON.parse(line)),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const configured = (port: number, log: string, { ports, replace = {} }: NginxOptions): string => {
  const replicas = SHIPPED.map((shipped, at): readonly [string, string] => [
    `    server 127.0.0.1:${shipped} `,
    // One that there is not goes with its line, into a comment.
    ports[at] === undefined ? "    # " : `    server 127.0.0.1:${ports[at]} `,
  ]);
  const all = { "127.0.0.1:8000": `127.0.0.1:${port}`, "/var/log/nginx/awspipe.log": log, ...replace };
  return [...Object.entries(all), ...replicas].reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`awspipe.conf has no \`${from}\``);
      return text.replaceAll(from, to);
    },
    readFileSync(join(repository, "deploy", "nginx", "awspipe.conf"), "utf8"),
  );
};

const SHIPPED = [8001, 8002, 8003];

/** What Debian has in its own file: the shipped one is for inside of `http`. */
const mainContext = (folder: string): string => `
  ${process.getuid?.() === 0 ? `user ${userInfo().username};` : ""}
  daemon off;
  worker_processes 2;
  pid ${join(folder, "nginx.pid")};
  error_log ${join(folder, "error.log")} warn;
  events { worker_connections 4096; }
  http {
    client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
    scgi_temp_path ${folder}/scgi; uwsgi_temp_path ${folder}/uwsgi;
    include ${join(folder, "awspipe.conf")};
  }`;

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const say = (is: boolean) => () => {
      socket.destroy();
      setTimeout(() => resolve(is), is ? 0 : 20);
    };
    socket.once("connect", say(true)).once("error", say(false));
  });
