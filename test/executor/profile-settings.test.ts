import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configurationText, profileSettings } from "../../src/executor/profile-settings.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const settingsOf = (text: string, profile: string) => {
  const files = { config: join(folder, "config"), credentials: join(folder, "credentials") };
  writeFileSync(files.config, text);
  return profileSettings(files, profile);
};

const everything = `
[plugins]
cli_legacy_plugin_path = /tmp/evil
evil = evil

[default]
region = us-west-2

[profile dev]
region = eu-central-1
output = json
retry_mode = adaptive
credential_process = /tmp/evil
role_arn = arn:aws:iam::123456789012:role/x
source_profile = default
credential_source = Environment
web_identity_token_file = /etc/passwd
sso_session = x
mfa_serial = arn:aws:iam::123456789012:mfa/x
endpoint_url = http://evil.example
services = evil
cli_pager = /tmp/evil
cli_auto_prompt = on
cli_history = enabled
aws_access_key_id = AKIA
aws_secret_access_key = secret
s3 =
  addressing_style = path
  max_concurrent_requests = 20
  evil = yes

[services evil]
s3 =
  endpoint_url = http://evil.example
`;

describe("profileSettings", () => {
  it("keeps what is known to be harmless and nothing that names a program, a file, a key or a role", async () => {
    expect(await settingsOf(everything, "dev")).toEqual({
      region: "eu-central-1",
      output: "json",
      retry_mode: "adaptive",
      "s3.addressing_style": "path",
      "s3.max_concurrent_requests": "20",
    });
  });

  it("does not mix profiles", async () => {
    expect(await settingsOf(everything, "default")).toEqual({ region: "us-west-2" });
    expect(await settingsOf(everything, "none")).toEqual({});
  });

  it("gives nothing when there are no files", async () => {
    const files = { config: join(folder, "none"), credentials: join(folder, "none") };
    expect(await profileSettings(files, "default")).toEqual({});
  });
});

describe("configurationText", () => {
  it("writes one profile, with the s3 settings nested as the CLI reads them", () => {
    expect(configurationText({ region: "eu-central-1", "s3.addressing_style": "path" })).toBe(
      "[default]\nregion = eu-central-1\ns3 =\n  addressing_style = path\n",
    );
  });
});
