import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { connectModern, type Settings } from "./clients.js";
import { fillMoto } from "./fill-moto.js";
import { type PipelineCalls, pipelineCalls } from "./pipeline-calls.js";

let moto: Moto;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "settings-test-"));
  moto = await startMoto(needMoto());
  await fillMoto(moto);
});

afterAll(async () => {
  await moto.stop();
  rmSync(home, { recursive: true });
});

const withServer = async (settings: Settings, work: (calls: PipelineCalls) => Promise<void>): Promise<void> => {
  const server = await connectModern({ ...moto.environment, AWS_MCP_AWS_CLI: needAws(), ...settings });
  await work(pipelineCalls(() => server)).finally(server.close);
};

describe.concurrent("a server with", () => {
  it("AWS_MCP_SECURITY_MODE=read-only only reads", () =>
    withServer({ AWS_MCP_SECURITY_MODE: "read-only" }, async ({ run, refused }) => {
      expect(await refused("aws s3 mb s3://more")).toBe("effect-write");
      expect(await refused("aws ec2 terminate-instances --instance-ids i-1")).toBe("effect-destroy");
      expect(await run("aws s3api list-buckets --query 'Buckets[].Name' | jq -r '.[]' | grep -c more | cat")).toBe("0");
    }));

  it("AWS_MCP_SECURITY_MODE=permissive does all but what no mode does", () =>
    withServer({ AWS_MCP_SECURITY_MODE: "permissive" }, async ({ run, refused }) => {
      await run("aws iam create-user --user-name dave");
      await run("aws iam delete-user --user-name bob");
      expect(await run("aws iam list-users --query 'Users[].UserName' --output text | tr '\\t' '\\n' | sort")).toBe(
        "alice\ncarol\ndave",
      );
      expect(await refused("aws configure list")).toBe("effect-local");
      expect(await refused("aws s3 ls --endpoint-url http://example.org")).toBe("aws-option-refused");
    }));

  it("AWS_MCP_ALLOWED_TARGETS copies to those buckets, and to no others", () =>
    withServer({ AWS_MCP_ALLOWED_TARGETS: "invoices, 210987654321" }, async ({ run, refused }) => {
      await run("aws s3 cp s3://website/index.html s3://invoices/page.html --no-progress");
      expect(await run("aws s3 cp s3://invoices/page.html -")).toBe("<p>hello</p>");
      await run("aws s3 sync s3://website s3://invoices/all --no-progress");
      expect(await refused("aws s3 cp s3://website/index.html s3://logs-2026/")).toBe("effect-egress");
      expect(await refused("aws s3 mv s3://website/index.html s3://invoices/")).toBe("effect-destroy");
    }));

  it("AWS_MCP_ALLOWED_PROFILES runs as those profiles, and as no others", async () => {
    const [config, credentials] = [join(home, "config"), join(home, "credentials")];
    writeFileSync(config, "[profile dev]\nregion = eu-west-3\n[profile admin]\nregion = eu-west-1\n");
    writeFileSync(credentials, "[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = two\n");
    const settings = {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      AWS_REGION: "",
      AWS_DEFAULT_REGION: "",
      AWS_MCP_ALLOWED_PROFILES: "dev",
    };
    await withServer(settings, async ({ run, refused }) => {
      const region = "aws ec2 describe-availability-zones --query 'AvailabilityZones[0].RegionName' --output text";
      expect(await run(`${region} --profile dev`)).toBe("eu-west-3");
      expect(await run(region)).toBe("us-east-1");
      expect(await refused(`${region} --profile admin`)).toBe("aws-profile-refused");
    });
  });
});
