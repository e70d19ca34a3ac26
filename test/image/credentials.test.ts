import { createHash } from "node:crypto";
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import type { Settings } from "../server/clients.js";
import { runOnce } from "./container.js";
import { ownFolder } from "./own-folder.js";

// `~/.aws` is mounted read-only, as it should be. moto is STS; IAM Identity Center and what gives keys to containers are
// servers of the test.
let moto: Moto;
let giving: Server;
let aws: string;
const asked: string[] = [];

const KEYS = { AccessKeyId: "ASIAQEXAMPLEHJKLMNPQ", SecretAccessKey: "secret", Token: "token" };
const LATER = "2099-01-01T00:00:00Z";

const answers: RequestListener = (request, response) => {
  const { url = "", headers } = request;
  const token = headers["x-amz-sso_bearer_token"] ?? headers.authorization;
  asked.push(`${request.method} ${url.split("?")[0]} ${token ?? ""}`.trim());
  const sso = { accessKeyId: KEYS.AccessKeyId, secretAccessKey: KEYS.SecretAccessKey, sessionToken: "token" };
  if (url.startsWith("/federation/")) response.end(JSON.stringify({ roleCredentials: { ...sso, expiration: 4e12 } }));
  else if (url.startsWith("/token")) response.end(JSON.stringify({ accessToken: "renewed", expiresIn: 28_800 }));
  else response.end(JSON.stringify({ ...KEYS, Expiration: LATER }));
};

beforeAll(async () => {
  moto = await startMoto(needMoto());
  giving = createServer(answers);
  await new Promise<void>((resolve) => giving.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  giving.close();
  await moto.stop();
});

beforeEach(() => {
  aws = mkdtempSync(join(tmpdir(), "awspipe-aws-"));
  asked.length = 0;
});

afterEach(() => rmSync(aws, { recursive: true }));

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(aws, name)), { recursive: true });
  writeFileSync(join(aws, name), text, { mode: 0o600 });
};

/** All that was written belongs to who runs the container. */
const giveAway = (folder = aws): readonly string[] => {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) giveAway(join(folder, entry.name));
    else if (process.getuid?.() === 0) chownSync(join(folder, entry.name), 10001, 10001);
  return ownFolder(folder).user;
};

const address = (): string => `http://127.0.0.1:${(giving.address() as AddressInfo).port}`;

const whoAmI = async (settings: Settings, flags: readonly string[] = giveAway()) => {
  const command = ["run", "aws sts get-caller-identity --query Arn --output text"];
  const { stdout, stderr } = await runOnce(command, {
    flags: ["--network", "host", ...flags, "--volume", `${aws}:/home/awspipe/.aws:ro`],
    settings: { AWS_ENDPOINT_URL: moto.endpoint, ...settings },
  });
  return `${stdout}${stderr}`;
};

const OWN_KEYS = "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = one\n";
const ROLE = "role_arn = arn:aws:iam::210987654321:role/reader";

const SSO = `[profile person]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Reader
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`;

/** What `aws sso login` leaves behind: a token that ends then. */
const signIn = (expiresAt: string): string => {
  const name = `sso/cache/${createHash("sha1").update("corp").digest("hex")}.json`;
  const client = { clientId: "c", clientSecret: "s", registrationExpiresAt: LATER, refreshToken: "r" };
  const session = { startUrl: "https://corp.awsapps.com/start", region: "us-east-1", accessToken: "first" };
  write(name, JSON.stringify({ ...session, ...client, expiresAt }));
  return name;
};

describe("credentials in the container", () => {
  it("are those of a role, whose session is kept where the operator's cache cannot be written to", async () => {
    write("credentials", OWN_KEYS);
    write("config", `[profile role]\n${ROLE}\nsource_profile = default\n`);
    write("cli/cache/other.json", "{}");
    expect(await whoAmI({ AWS_PROFILE: "role" })).toMatch(/^arn:aws:sts::210987654321:assumed-role\/reader\//);
    expect(readdirSync(join(aws, "cli", "cache"))).toEqual(["other.json"]);
  });

  it("are those of a session of IAM Identity Center that was opened outside", async () => {
    write("config", SSO);
    signIn(LATER);
    const settings = { AWS_PROFILE: "person", AWS_ENDPOINT_URL_SSO: address() };
    expect(await whoAmI(settings)).toMatch(/^arn:aws:sts::123456789012:/);
    expect(asked).toEqual(["GET /federation/credentials first"]);
  });

  it("are renewed with that session, and what was opened outside stays as it is", async () => {
    write("config", SSO);
    const session = signIn(new Date(Date.now() + 5 * 60_000).toISOString());
    const before = readFileSync(join(aws, session), "utf8");
    const settings = { AWS_PROFILE: "person", AWS_ENDPOINT_URL_SSO: address(), AWS_ENDPOINT_URL_SSO_OIDC: address() };
    expect(await whoAmI(settings)).toMatch(/^arn:aws:sts::123456789012:/);
    expect(asked).toEqual(["POST /token", "GET /federation/credentials renewed"]);
    expect(readFileSync(join(aws, session), "utf8")).toBe(before);
  });

  it("are those of a Kubernetes service account (IRSA), by the token that is mounted", async () => {
    write("token", "ey.token");
    const settings = {
      AWS_ROLE_ARN: "arn:aws:iam::210987654321:role/pod",
      AWS_WEB_IDENTITY_TOKEN_FILE: "/home/awspipe/.aws/token",
    };
    expect(await whoAmI(settings)).toMatch(/^arn:aws:sts::210987654321:assumed-role\/pod\//);
  });

  it("are those that the container's orchestrator gives (EKS Pod Identity, ECS)", async () => {
    write("token", "pod-token");
    const settings = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${address()}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/home/awspipe/.aws/token",
    };
    expect(await whoAmI(settings)).toMatch(/^arn:aws:/);
    expect(asked).toEqual(["GET /v1/credentials pod-token"]);
  });

  it("are missed with a clear word where the files belong to somebody else", async () => {
    write("credentials", OWN_KEYS);
    giveAway();
    const uid = process.getuid?.() || 10001;
    expect(await whoAmI({}, ["--user", "4242:4242"])).toContain(
      `\`/home/awspipe/.aws\`, which belongs to uid ${uid}, cannot be read by the server, which runs as uid 4242; run it as the files' owner`,
    );
  });
});
