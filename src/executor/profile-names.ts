import { ok, type Result } from "../language/result.js";
import { askCli, type CliRequest } from "./credentials.js";

/** The names of the operator's profiles, as the AWS CLI reads its files; its own words when it cannot read them. */
export const profileNames = async (request: CliRequest): Promise<Result<readonly string[], string>> => {
  const listed = await askCli(request, ["configure", "list-profiles"]);
  return listed.ok ? ok(listed.value.split("\n").filter((name) => name !== "" && !NO_PROFILE.test(name))) : listed;
};

// Sections of other kinds that stand in the credentials file, where the CLI takes every section for a profile.
const NO_PROFILE = /^(?:sso-session|services)\s/;
