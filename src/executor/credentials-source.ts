import { ok, type Result } from "../language/result.js";
import { askCli, type ExportRequest, named } from "./credentials.js";

/** Where credentials come from; `unknown` is a way that this version knows no name for. */
export type CredentialsSource = (typeof SOURCES)[keyof typeof SOURCES] | "unknown";

// What the CLI calls them (botocore/credentials.py, METHOD of each provider), and what we do.
const SOURCES = {
  env: "environment",
  "shared-credentials-file": "profile",
  "config-file": "profile",
  "ec2-credentials-file": "profile",
  "boto-config": "profile",
  "iam-role": "instance-profile",
  "assume-role": "assume-role",
  "assume-role-with-web-identity": "web-identity",
  "container-role": "container-role",
  "custom-process": "process",
  sso: "sso",
  login: "login",
} as const;

/**
 * Has the AWS CLI say where it finds credentials: the TYPE of the access key in `aws configure list`. The rest of what
 * that prints shows how the keys end, so nothing else of it goes anywhere, and a word that is none of the CLI's neither.
 *
 * Gives the CLI's own words when it finds none.
 */
export const credentialsSource = async (request: ExportRequest): Promise<Result<CredentialsSource, string>> => {
  const listed = await askCli(request, ["configure", "list", ...named(request)]);
  return listed.ok ? ok(sourceIn(listed.value)) : listed;
};

/** The source that the output of `aws configure list` names, with the colons of today or with the columns of older versions. */
export const sourceIn = (listed: string): CredentialsSource => {
  const [, type = ""] = /^ *access_key *:? +\*{16}.{4} +:? *([a-z0-9-]+)(?: |$)/m.exec(listed) ?? [];
  return isSource(type) ? SOURCES[type] : "unknown";
};

const isSource = (type: string): type is keyof typeof SOURCES => Object.hasOwn(SOURCES, type);
