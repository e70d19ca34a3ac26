import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../../provision/needs.js";
import { runProgram } from "../../provision/run-program.js";
import { type Moto, startMoto } from "../../provision/start-moto.js";
import { type ResourceBench, startResources } from "./resource-server.js";

const URI = "aws://config/account";
const keys = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };

let moto: Moto;
let bench: ResourceBench;

beforeAll(async () => {
  moto = await startMoto(needMoto());
});

afterAll(() => moto.stop());

afterEach(() => bench.remove());

/** What the policy of a server would ask a person about. */
const run = async (...args: readonly string[]): Promise<void> => {
  const { ok, stderr } = await runProgram(needAws(), args, { env: { ...moto.environment, HOME: "/nonexistent" } });
  expect({ ok, stderr }).toEqual({ ok: true, stderr: "" });
};

describe("aws://config/account", () => {
  it("has the account, its alias and its organization, and why one is not there", async () => {
    let now = Date.now();
    bench = await startResources({ environment: moto.environment, now: () => now });
    const account = { account_id: "123456789012", arn: expect.stringMatching(/^arn:aws:sts::123456789012:/) };
    const first = {
      ...account,
      account_alias: null,
      organization_id: null,
      problems: { organization_id: expect.stringMatching(/AWSOrganizationsNotInUseException/) },
    };
    expect(await bench.read(URI)).toEqual(first);
    await run("iam", "create-account-alias", "--account-alias", "our-alias");
    await run("organizations", "create-organization", "--feature-set", "ALL");
    // What was read is kept for a minute, that something could not be read for ten seconds.
    expect(await bench.read(URI)).toEqual(first);
    now += 10_000;
    const organization = { organization_id: expect.stringMatching(/^o-[a-z0-9]{10,32}$/), problems: {} };
    expect(await bench.read(URI)).toEqual({ ...first, ...organization });
    now += 50_000;
    expect(await bench.read(URI)).toEqual({ ...account, ...organization, account_alias: "our-alias" });
  });

  it("says for every field that there are no credentials", async () => {
    bench = await startResources({ environment: { AWS_ENDPOINT_URL: moto.endpoint } });
    const why = expect.stringMatching(/^no-credentials: no credentials were found for this command/);
    expect(await bench.read(URI)).toEqual({
      account_id: null,
      arn: null,
      account_alias: null,
      organization_id: null,
      problems: { account_id: why, account_alias: why, organization_id: why },
    });
  });

  it("is not read where the operator's rules forbid it, but for the account, which the engine knows", async () => {
    bench = await startResources({
      environment: { ...moto.environment, AWS_MCP_ALLOWED_ACCOUNTS: "210987654321" },
    });
    const why = expect.stringMatching(/^account-refused: the account `123456789012` is none of those/);
    expect(await bench.read(URI)).toMatchObject({
      account_id: "123456789012",
      account_alias: null,
      organization_id: null,
      problems: { account_alias: why, organization_id: why },
    });
  });
});

describe("aws://config/account of somebody who may do little", () => {
  let aws: Server;

  beforeAll(async () => {
    const denied = (code: string) =>
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>User: arn:aws:iam::123456789012:user/bob is not authorized to perform: iam:ListAccountAliases</Message></Error></ErrorResponse>`;
    const caller =
      "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/bob</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    aws = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const body = Buffer.concat(parts).toString();
        // The organization is never told.
        if (body.includes("GetCallerIdentity")) response.end(caller);
        else if (body.includes("ListAccountAliases")) response.writeHead(403).end(denied("AccessDenied"));
      });
    });
    await new Promise<void>((resolve) => aws.listen(0, "127.0.0.1", resolve));
  });

  afterAll(() => {
    aws.closeAllConnections();
    aws.close();
  });

  it("says what is denied and what does not answer, each by itself", async () => {
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
    bench = await startResources({ environment: { ...keys, AWS_ENDPOINT_URL } });
    const started = performance.now();
    expect(await bench.read(URI)).toEqual({
      account_id: "123456789012",
      arn: "arn:aws:iam::123456789012:user/bob",
      account_alias: null,
      organization_id: null,
      problems: {
        account_alias: expect.stringMatching(/AccessDenied.*not authorized to perform: iam:ListAccountAliases/),
        organization_id: expect.stringMatching(/^deadline: /),
      },
    });
    expect(performance.now() - started).toBeLessThan(25_000);
  });

  it("lets a reader leave, and the one that shares the work go on", async () => {
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
    bench = await startResources({ environment: { ...keys, AWS_ENDPOINT_URL } });
    const account = bench.resources.all.find(({ uri }) => uri === URI);
    const leaving = new AbortController();
    const [left, stays] = [account?.read(leaving.signal), account?.read(new AbortController().signal)];
    setTimeout(() => leaving.abort(), 500);
    expect(await left).toBeUndefined();
    expect(JSON.parse((await stays) ?? "")).toMatchObject({ account_id: "123456789012" });
  });
});
