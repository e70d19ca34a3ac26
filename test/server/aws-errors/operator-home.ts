import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A home with profiles that are broken in every way, and with files to be sent. */
export const operatorHome = (): string => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-errors-")));
  const write = (name: string, text: string, mode = 0o600): void => {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text, { mode });
  };
  write(".aws/config", CONFIG.replaceAll("HOME", home));
  write("unreadable-config", "no section\n");
  write("web-identity-token", "token\n");
  write("find-keys", "#!/bin/sh\necho 'the session of example-sso has expired' >&2\nexit 1\n", 0o700);
  for (const name of ["notes.txt", "two/a.txt", "two/b.txt", "broken/kept.txt"]) write(name, "x\n");
  symlinkSync("/nonexistent/target", join(home, "broken", "link.txt"));
  for (const [session, token] of Object.entries(TOKENS))
    write(`.aws/sso/cache/${createHash("sha1").update(session).digest("hex")}.json`, JSON.stringify(token));
  return home;
};

const START = "https://example.awsapps.com/start";

const token = (expiresAt: string) => ({ startUrl: START, region: "us-east-1", accessToken: "token", expiresAt });

// The CLI's cache has a token by the name of its session, or by its start page.
const TOKENS = {
  [START]: token("2020-01-01T00:00:00Z"),
  expired: token("2020-01-01T00:00:00Z"),
  valid: token("2090-01-01T00:00:00Z"),
};

const SSO = "sso_account_id = 123456789012\nsso_role_name = Reader\nregion = us-east-1";
const ROLE = "role_arn = arn:aws:iam::123456789012:role/reader\nregion = us-east-1";

const CONFIG = `[profile base]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = secret
region = us-east-1
[profile partial]
aws_access_key_id = AKIDEXAMPLE
[profile sso-expired]
sso_session = expired
${SSO}
[profile sso-expired-legacy]
sso_start_url = ${START}
sso_region = us-east-1
${SSO}
[profile sso-never]
sso_session = never
${SSO}
[profile sso-valid]
sso_session = valid
${SSO}
[profile sso-no-session]
sso_session = gone
${SSO}
[profile sso-two-starts]
sso_session = valid
sso_start_url = https://other.awsapps.com/start
${SSO}
[profile login]
login_session = arn:aws:iam::123456789012:user/reader
region = us-east-1
[profile role]
${ROLE}
source_profile = base
[profile role-no-source]
${ROLE}
[profile role-source-gone]
${ROLE}
source_profile = gone
[profile role-circle]
${ROLE}
source_profile = role-circle-2
[profile role-circle-2]
${ROLE}
source_profile = role-circle
[profile role-ecs]
${ROLE}
credential_source = EcsContainer
[profile web-identity]
${ROLE}
web_identity_token_file = HOME/web-identity-token
[profile web-identity-no-file]
${ROLE}
web_identity_token_file = HOME/no-such-token
[profile process]
credential_process = HOME/find-keys
[sso-session expired]
sso_start_url = ${START}
sso_region = us-east-1
[sso-session never]
sso_start_url = ${START}
sso_region = us-east-1
[sso-session valid]
sso_start_url = ${START}
sso_region = us-east-1
`;
