import type { CacheHint, ResourceMetadata } from "@modelcontextprotocol/server";

/** A resource as clients list it. */
export type About = {
  readonly name: string;
  readonly uri: string;
  readonly shown: ResourceMetadata & { readonly cacheHint: CacheHint };
};

/** How long a client may keep what does not change while the server runs, and what may change (MCP 2026-07-28, caching). */
const HOUR: CacheHint = { ttlMs: 3_600_000, cacheScope: "public" };
const MINUTE: CacheHint = { ttlMs: 60_000, cacheScope: "private" };

const JSON_TYPE = "application/json";
const both = (priority: number) => ({ audience: ["user" as const, "assistant" as const], priority });

export const PROFILES: About = {
  name: "aws_profiles",
  uri: "aws://config/profiles",
  shown: {
    title: "AWS profiles",
    description:
      "The profiles of the server's AWS configuration: which is its own, which ones a command may name, and the region that each of those goes to.",
    mimeType: JSON_TYPE,
    annotations: both(0.6),
    cacheHint: MINUTE,
  },
};

export const ENVIRONMENT: About = {
  name: "aws_environment",
  uri: "aws://config/environment",
  shown: {
    title: "AWS environment",
    description:
      "As whom and where commands run that name neither: profile, region and what sets it, whether there are credentials, where they come from, when they end. No key is shown.",
    mimeType: JSON_TYPE,
    annotations: both(0.7),
    cacheHint: MINUTE,
  },
};

export const ACCOUNT: About = {
  name: "aws_account",
  uri: "aws://config/account",
  shown: {
    title: "AWS account",
    description:
      "The account that the server's credentials belong to: id, caller's ARN, alias, organization. What AWS does not tell is null, with the reason beside it.",
    mimeType: JSON_TYPE,
    annotations: both(0.7),
    cacheHint: MINUTE,
  },
};

export const GRAMMAR: About = {
  name: "awspipe_grammar",
  uri: "awspipe://grammar",
  shown: {
    title: "What a command may say",
    description: "How to write a command: what works, how it differs from a shell, and the grammar in EBNF.",
    mimeType: "text/markdown",
    annotations: both(0.5),
    cacheHint: HOUR,
  },
};

export const UTILITIES: About = {
  name: "awspipe_utilities",
  uri: "awspipe://utilities",
  shown: {
    title: "Utilities",
    description: "The programs that a stage may be besides aws, each with the reason why it is there.",
    mimeType: JSON_TYPE,
    annotations: both(0.5),
    cacheHint: HOUR,
  },
};

export const UTILITY: About = {
  name: "awspipe_utility",
  uri: "awspipe://utilities/{name}",
  shown: {
    title: "Utility",
    description:
      "The operands and options of one utility, those that are refused, and examples; or what to write instead of a program that does not run.",
    mimeType: JSON_TYPE,
    annotations: both(0.4),
    cacheHint: HOUR,
  },
};

export const POLICY: About = {
  name: "awspipe_policy",
  uri: "awspipe://policy",
  shown: {
    title: "Policy in force",
    description:
      "What becomes of a command before it runs: the mode and its decision for each effect, approval, limits of accounts, regions and profiles, the operator's rules, bounds, confinement.",
    mimeType: JSON_TYPE,
    annotations: both(0.8),
    cacheHint: MINUTE,
  },
};
