import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { egressSettings } from "../../src/egress/egress-settings.js";
import { proxyEnvironment } from "../../src/egress/proxy-environment.js";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Program, startProgram, until } from "./egress-program.js";
import { echoServer } from "./proxy-clients.js";

const TOKEN = "token-of-the-tests";

let folder: string;
let moto: Moto;
let program: Program;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-through-"));
  moto = await startMoto(needMoto());
  const settings = egressSettings(moto.environment);
  if (!settings.ok) throw new Error(settings.error);
  program = await startProgram("proxy-main", { settings: settings.value, token: TOKEN });
});
afterAll(async () => {
  program?.end();
  await program?.exit;
  await moto?.stop();
  rmSync(folder, { recursive: true });
});

type Ran = { readonly code: number | string | null | undefined; readonly stdout: string; readonly stderr: string };

/** Runs the AWS CLI with the proxy's variables, and the operator's that a test sets. */
const aws = (run: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const proxy = proxyEnvironment({ port: program.first.port, token: TOKEN, run });
  const env = {
    ...moto.environment,
    AWS_EC2_METADATA_DISABLED: "true",
    HOME: folder,
    AWS_MAX_ATTEMPTS: "1",
    ...more,
    ...proxy,
  };
  return new Promise((resolve) => {
    execFile(needAws(), args, { env, cwd: folder, timeout: 50_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
};

const eventsOf = (run: string) =>
  // Every line after the first is an event.
  (
    program.lines as readonly {
      readonly run: string;
      readonly host: string;
      readonly port: number;
      readonly code: string;
    }[]
  )
    .filter((event) => event.run === run)
    .map(({ host, port, code }) => `${code} ${host}:${port}`);

describe("the AWS CLI through the proxy", () => {
  it("reaches the operator's endpoint in plain HTTP, by either transfer client of s3", async () => {
    writeFileSync(join(folder, "sent"), "x".repeat(1_000_000));
    writeFileSync(join(folder, "crt"), "[default]\ns3 =\n  preferred_transfer_client = crt\n");
    const AWS_CONFIG_FILE = join(folder, "crt");
    // The CRT's client speaks TLS to an endpoint that only the environment names, proxy or not.
    const crt = ["--endpoint-url", moto.endpoint];
    const ran = [
      await aws("ok", ["s3", "mb", "s3://bucket-one"]),
      await aws("ok", ["s3", "cp", "sent", "s3://bucket-one/classic"]),
      await aws("ok", ["s3", "cp", "sent", "s3://bucket-one/crt", ...crt], { AWS_CONFIG_FILE }),
      await aws("ok", ["s3", "cp", "s3://bucket-one/crt", "-", ...crt], { AWS_CONFIG_FILE }),
      await aws("ok", ["s3", "ls", "s3://bucket-one"]),
    ];
    expect(ran.map(({ code, stderr }) => ({ code, stderr }))).toEqual(ran.map(() => ({ code: 0, stderr: "" })));
    expect(ran[3]?.stdout).toBe("x".repeat(1_000_000));
    expect(ran[4]?.stdout.replace(/^\S+ \S+ +/gm, "")).toBe("1000000 classic\n1000000 crt\n");
    expect(eventsOf("ok")).toEqual([]);
  });

  it("is refused any other host in words that it passes on, and nobody is connected to", async () => {
    const other = await echoServer();
    const endpoint = `http://127.0.0.1:${other.port}`;
    const xml = await aws("xml", ["s3", "ls", "--endpoint-url", endpoint]);
    const query = await aws("query", ["sts", "get-caller-identity", "--endpoint-url", endpoint]);
    const json = await aws("json", ["dynamodb", "list-tables", "--endpoint-url", endpoint]);
    const message = "`127.0.0.1` is an address, not a host name of AWS's";
    expect([xml, query, json].map(({ code, stderr }) => [code, stderr.includes(message)])).toEqual([
      [254, true],
      [254, true],
      [254, true],
    ]);
    expect(xml.stderr.trim()).toBe(
      `aws: [ERROR]: An error occurred (egress-address) when calling the ListBuckets operation (reached max retries: 0): ${message}`,
    );
    expect([...eventsOf("xml"), ...eventsOf("query"), ...eventsOf("json"), other.count()]).toEqual([
      `egress-address 127.0.0.1:${other.port}`,
      `egress-address 127.0.0.1:${other.port}`,
      `egress-address 127.0.0.1:${other.port}`,
      0,
    ]);
    other.close();
  });

  it("is refused a tunnel to any other host; what it says does not name the reason, the event does", async () => {
    const other = await echoServer();
    const secure = await aws("tls", ["s3", "ls", "--endpoint-url", `https://127.0.0.1:${other.port}`]);
    const name = await aws("name", [
      "sts",
      "get-caller-identity",
      "--endpoint-url",
      "https://x.us-east-1.elb.amazonaws.com",
    ]);
    const proxy = `http://***:***@127.0.0.1:${program.first.port}`;
    expect([secure, name].map(({ code, stderr }) => ({ code, stderr: stderr.trim() }))).toEqual(
      [secure, name].map(() => ({ code: 255, stderr: `aws: [ERROR]: Failed to connect to proxy URL: "${proxy}"` })),
    );
    await until(() => eventsOf("name").length === 1);
    expect([...eventsOf("tls"), ...eventsOf("name"), other.count()]).toEqual([
      `egress-address 127.0.0.1:${other.port}`,
      "egress-customer-host x.us-east-1.elb.amazonaws.com:443",
      0,
    ]);
    other.close();
  });

  it("goes past the proxy for no host, whatever the operator's NO_PROXY was", async () => {
    const other = await echoServer();
    const ran = await aws("past", ["s3", "ls", "--endpoint-url", `http://127.0.0.1:${other.port}`], {
      NO_PROXY: "127.0.0.1",
      no_proxy: "*",
    });
    expect([ran.code, other.count()]).toEqual([254, 0]);
    other.close();
  });
});
