import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../provision/needs.js";
import { runProgram } from "../provision/run-program.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { type Connection, connectModern } from "../server/clients.js";

const ROLE = "arn:aws:iam::111122223333:role/awspipe";

let moto: Moto;
let folder: string;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  folder = mkdtempSync(join(tmpdir(), "awspipe-pods-"));
});

afterAll(async () => {
  await moto.stop();
  rmSync(folder, { recursive: true, force: true });
});

const fileWith = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o640 });
  return path;
};

// A JSON Web Token in form; only AWS looks at what it says.
const TOKEN = ["header", "claims", "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");

/** What the pod gets besides: no key, no profile, and no metadata of the node. */
const pod = (): Record<string, string> => ({
  // The CLI keeps the keys of roles below HOME; in a pod nothing is there, and nothing can be written.
  HOME: folder,
  AWS_ENDPOINT_URL: moto.endpoint,
  AWS_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MCP_AWS_CLI: needAws(),
});

const asked = async (server: Connection) => {
  const call = { name: "aws_cli_pipeline", arguments: { command: "aws sts get-caller-identity | jq -r .Arn" } };
  const { isError, data } = await server.call(call);
  const { contents } = await server.client.readResource({ uri: "aws://config/environment" });
  const [content] = contents;
  const environment: Record<string, unknown> = JSON.parse(
    content !== undefined && "text" in content ? content.text : "",
  );
  return {
    isError,
    output: Object(data).output,
    source: environment.credentials_source,
    problems: environment.problems,
  };
};

const servedWith = async (settings: Record<string, string>) => {
  const server = await connectModern({ ...pod(), ...settings });
  try {
    return await asked(server);
  } finally {
    await server.close();
  }
};

describe("in a pod with IAM roles for service accounts", () => {
  // The variables that the webhook of EKS adds (EKS user guide, "Configure Pods to use a Kubernetes service account").
  const settings = () => ({
    AWS_ROLE_ARN: ROLE,
    AWS_WEB_IDENTITY_TOKEN_FILE: fileWith("web-identity-token", TOKEN),
    AWS_STS_REGIONAL_ENDPOINTS: "regional",
  });

  it("runs commands as the role", async () => {
    const { output, ...rest } = await servedWith({ ...settings(), AWS_ROLE_SESSION_NAME: "pod-7" });
    expect(rest).toEqual({ isError: false, source: "web-identity", problems: {} });
    expect(output).toBe("arn:aws:sts::111122223333:assumed-role/awspipe/pod-7\n");
  });

  it("says why there are no credentials where the token is not mounted", async () => {
    const missing = join(folder, "not-mounted");
    const { problems, ...rest } = await servedWith({ ...settings(), AWS_WEB_IDENTITY_TOKEN_FILE: missing });
    expect(rest).toMatchObject({ isError: true, source: "none" });
    expect(problems).toEqual({ credentials: expect.stringContaining("No such file or directory") });
  });
});

/** The Pod Identity agent of EKS, or the credentials endpoint of an ECS task. */
type Agent = {
  readonly url: string;
  readonly tokens: () => readonly (string | undefined)[];
  readonly close: () => void;
};

const startAgent = async (credentials: Readonly<Record<string, string>>, token: string): Promise<Agent> => {
  const seen: (string | undefined)[] = [];
  const server: Server = createServer(({ headers }, response) => {
    seen.push(headers.authorization);
    const isKnown = headers.authorization === token;
    response.writeHead(isKnown ? 200 : 403, { "content-type": "application/json" });
    response.end(JSON.stringify(isKnown ? credentials : { message: "who are you" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the agent listens at no port");
  return { url: `http://127.0.0.1:${address.port}/v1/credentials`, tokens: () => seen, close: () => server.close() };
};

/** Keys of the role, which only the agent hands out. */
const roleKeys = async (): Promise<Record<string, string>> => {
  const args = ["sts", "assume-role", "--role-arn", ROLE, "--role-session-name", "eks-pod", "--output", "json"];
  const { stdout, stderr } = await runProgram(needAws(), args, { env: { ...moto.environment, PATH: "/usr/bin:/bin" } });
  expect(stderr).toBe("");
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = JSON.parse(stdout).Credentials;
  return { AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration, AccountId: "111122223333" };
};

describe("in a pod with EKS Pod Identity, and in an ECS task", () => {
  let agent: Agent;
  beforeAll(async () => {
    agent = await startAgent(await roleKeys(), TOKEN);
  });
  afterAll(() => agent.close());

  it("runs commands as the role whose keys the agent hands out for the pod's token", async () => {
    const answer = await servedWith({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: agent.url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: fileWith("eks-pod-identity-token", TOKEN),
    });
    expect(answer).toEqual({
      isError: false,
      output: "arn:aws:sts::111122223333:assumed-role/awspipe/eks-pod\n",
      source: "container-role",
      problems: {},
    });
    expect(new Set(agent.tokens())).toEqual(new Set([TOKEN]));
  });

  it("says why there are no credentials where the agent does not know the token", async () => {
    const { problems, ...rest } = await servedWith({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: agent.url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: fileWith("another-token", "another"),
    });
    expect(rest).toMatchObject({ isError: true, source: "none" });
    expect(problems).toEqual({ credentials: expect.stringContaining("403") });
  });
});
