import { err, ok } from "../../../src/language/result.js";
import type { Regions } from "../../../src/server/fan-out/places.js";

export const NAMES = ["af-south-1", "ap-east-1", "eu-west-1", "eu-west-2", "me-south-1", "us-east-1", "us-west-2"];

export const DENIED = {
  code: "aws-service-error",
  message: "the service refused the request: AuthFailure",
  hint: "read the error's code",
};

/** Regions of accounts as a test says them, by profile; what is not said cannot be found out. */
export const regionsOf = (
  accounts: Readonly<Record<string, readonly string[]>>,
): Regions & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    names: NAMES,
    enabled: async (profile = "") => {
      asked.push(profile);
      const names = accounts[profile];
      return names === undefined ? err(DENIED) : ok(names);
    },
  };
};

export const TIMED_OUT = { code: "deadline", message: "no time is left", hint: "give a larger `timeout`" };

/** `DENIED` as a call of `all` tells it. */
export const NAMING = {
  ...DENIED,
  hint: `${DENIED.hint}; or name them: \`regions: ["eu-west-1"]\`; aws://config/regions has the list`,
};
