import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { RecordedError } from "./recorded-error.js";
import { replyServer } from "./reply-server.js";

export type Printed = { readonly exit: number; readonly stderr: string };

/**
 * Brings a failure about with the real AWS CLI, and gives what it prints on its error stream. What differs from run to
 * run, the home and the port, is written as always the same.
 */
export const runAws = async (
  aws: string,
  home: string,
  { command, reply, environment = {} }: RecordedError,
  format: "json" | "legacy",
): Promise<Printed> => {
  const server = reply === undefined ? undefined : await replyServer(reply);
  const all: Readonly<Record<string, string>> = {
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION: "us-east-1",
    AWS_MAX_ATTEMPTS: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: `http://${server?.host ?? "127.0.0.1:9"}`,
    AWS_PAGER: "",
    AWS_CLI_ERROR_FORMAT: format,
    ...environment,
    HOME: home,
    PATH: "/nonexistent",
  };
  const env = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === "" ? [] : [[name, value.replace("HOST", server?.host ?? "")]],
    ),
  );
  const child = spawn(aws, command, { cwd: home, env, stdio: ["ignore", "ignore", "pipe"] });
  const [stderr, [exit]] = await Promise.all([text(child.stderr), once(child, "close")]);
  await server?.stop();
  return { exit, stderr: stderr.replaceAll(home, "/home/operator").replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:4566") };
};
