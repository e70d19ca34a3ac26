import { inBackticks } from "../../language/visible.js";
import type { CommandFacts } from "./command-facts.js";
import { namedRegions } from "./named-regions.js";
import type { RuleFinding } from "./policy-findings.js";
import type { FileLimits } from "./policy-schema.js";
import { wildcard } from "./wildcard.js";

/** Who sets the limits, as messages name it. */
export type LimitedBy = { readonly accounts: string; readonly profiles: string; readonly regions: string };

export const BY_POLICY: LimitedBy = { accounts: "the policy", profiles: "the policy", regions: "the policy" };

export const BY_SETTINGS: LimitedBy = {
  accounts: "AWS_MCP_ALLOWED_ACCOUNTS",
  profiles: "AWS_MCP_ALLOWED_PROFILES",
  regions: "AWS_MCP_ALLOWED_REGIONS",
};

/** What limits say against a command. Codes: `account-refused`, `account-unknown`, `profile-limited`, `region-refused`. */
export const limitFindings = (limits: FileLimits, facts: CommandFacts, by: LimitedBy): readonly RuleFinding[] => [
  ...accountFindings(limits.accounts, facts, by.accounts),
  ...profileFindings(limits.profiles, facts, by.profiles),
  ...regionFindings(limits.regions, facts, by.regions),
];

const nameArgument = ({ command }: CommandFacts): number => (command.path.at(-1) ?? command.service).argument;

const accountFindings = (accounts: FileLimits["accounts"], facts: CommandFacts, by: string): readonly RuleFinding[] => {
  if (accounts === undefined || (facts.account !== undefined && accounts.includes(facts.account))) return [];
  const common = { decision: "deny", argument: profileArgument(facts) } as const;
  if (facts.account === undefined)
    return [
      {
        ...common,
        code: "account-unknown",
        message: `${by} allows certain accounts only, and nobody knows that of profile ${inBackticks(facts.profile)}`,
        hint: "the operator of this server has to see to its credentials; nothing in the command changes that",
      },
    ];
  return [
    {
      ...common,
      code: "account-refused",
      message: `the account ${inBackticks(facts.account)} is none of those that ${by} allows`,
      hint: "use a profile of another account, if this server has one",
    },
  ];
};

const profileFindings = (profiles: FileLimits["profiles"], facts: CommandFacts, by: string): readonly RuleFinding[] =>
  profiles === undefined || profiles.some((glob) => wildcard(glob)(facts.profile))
    ? []
    : [
        {
          decision: "deny",
          code: "profile-limited",
          message: `the profile ${inBackticks(facts.profile)} is none of those that ${by} allows`,
          hint: `${by} allows ${listed(profiles)}`,
          argument: profileArgument(facts),
        },
      ];

const profileArgument = (facts: CommandFacts): number =>
  facts.command.globals.find(({ option }) => option.name === "profile")?.argument ?? nameArgument(facts);

const regionFindings = (regions: FileLimits["regions"], facts: CommandFacts, by: string): readonly RuleFinding[] => {
  if (regions === undefined) return [];
  const outside = namedRegions(facts).filter(({ region }) => !regions.some((glob) => wildcard(glob)(region)));
  return outside.map(({ region, argument }) => ({
    decision: "deny",
    code: "region-refused",
    message: `the region ${inBackticks(region)} is none of those that ${by} allows`,
    hint: `${by} allows ${listed(regions)}; name one with \`--region\``,
    argument,
  }));
};

const listed = (globs: readonly string[]): string => globs.slice(0, 5).map(inBackticks).join(", ");
