import type { RunIdentity } from "../identities-of.js";
import { oneLine } from "../language/visible.js";
import type { PipelineOutput } from "./output-schema.js";

/** As whom, and where, the aws commands of an answer ran, a line for each profile and region. */
export const identityLines = (identities: readonly RunIdentity[]): readonly string[] =>
  identities.map(({ profile, region, account, arn }) => {
    const who = account === undefined ? "account unknown" : `account ${account}, ${oneLine(arn ?? "")}`;
    return `identity: ${who}, profile ${oneLine(profile)}, region ${oneLine(region)}`;
  });

/** The same as data. */
export const identityOutput = (identities: readonly RunIdentity[]): Pick<PipelineOutput, "identities"> =>
  identities.length === 0
    ? {}
    : {
        identities: identities.map(({ profile, region, account, arn }) => ({
          profile,
          region,
          ...(account === undefined ? {} : { account }),
          ...(arn === undefined ? {} : { arn }),
        })),
      };
