import { codeSpan } from "./code-span.js";
import { prompt, type Step } from "./prompt.js";

export const multiAccountGovernance = prompt({
  name: "multi_account_governance",
  title: "Govern several accounts",
  description: "How an AWS organization is built, guarded, logged and administered, and what a landing zone lacks",
  parameters: {
    account_type: {
      about: "organization, management, security, log-archive, workload or sandbox",
      standard: "organization",
      offers: () => ["organization", "management", "security", "log-archive", "workload", "sandbox", "suspended"],
    },
  },
  write: ({ account_type: type }) => ({
    goal: `Assess how several accounts are governed, with a view to accounts of the kind ${codeSpan(type)}. Change nothing.`,
    notes: [
      "Most of this is answered only in the management account or by a delegated administrator; say so when it is denied.",
    ],
    steps: [
      {
        say: "See how it is built.",
        commands: [
          "aws organizations describe-organization",
          "aws organizations list-accounts --query 'Accounts[].[Id,Name,Status,JoinedTimestamp]' --output table",
          "aws organizations list-roots --query 'Roots[].Id' --output text | xargs -r -n 1 aws organizations list-organizational-units-for-parent --query 'OrganizationalUnits[].[Id,Name]' --output table --parent-id",
          "aws controltower list-landing-zones",
        ],
        look: "accounts outside any unit, workloads in the management account, features that are not `ALL`.",
      },
      {
        say: "See what guards it.",
        commands: [
          "aws organizations list-roots --query 'Roots[].PolicyTypes'",
          "aws organizations list-policies --filter SERVICE_CONTROL_POLICY --query 'Policies[].[Id,Name,AwsManaged]' --output table",
          "aws organizations list-policies --filter SERVICE_CONTROL_POLICY --query 'Policies[?!AwsManaged].Id' --output text | xargs -r -t -n 1 aws organizations list-targets-for-policy --query 'Targets[].[Type,Name]' --output text --policy-id 2>&1",
          "aws organizations list-policies --filter RESOURCE_CONTROL_POLICY --query 'Policies[].[Id,Name,AwsManaged]' --output table",
          "aws organizations list-policies --filter TAG_POLICY --query 'Policies[].[Id,Name]' --output table",
        ],
        look: "nothing but `FullAWSAccess` or `RCPFullAWSAccess`, policies attached to nothing, no resource control policies.",
      },
      {
        say: "See who administers and who watches.",
        commands: [
          "aws organizations list-delegated-administrators --query 'DelegatedAdministrators[].[Id,Name]' --output table",
          "aws organizations list-aws-service-access-for-organization --query 'EnabledServicePrincipals[].ServicePrincipal'",
          "aws cloudtrail describe-trails --query 'trailList[].[Name,IsOrganizationTrail,IsMultiRegionTrail,S3BucketName]' --output table",
          "aws configservice describe-configuration-aggregators --query 'ConfigurationAggregators[].[ConfigurationAggregatorName,OrganizationAggregationSource.AllAwsRegions]' --output table",
          "aws sso-admin list-instances --query 'Instances[].[InstanceArn,Status]' --output table",
        ],
        look: "no trail of the whole organization, security services without a delegated account, no identity centre.",
      },
      viewOf(type),
    ],
    report:
      "the tree of units and accounts, the guards on each, the gaps to a landing zone by severity, and a plan in steps that can be undone. Units, policies, accounts and administrators are permissions: a person changes them.",
  }),
});

const VIEWS: Readonly<Record<string, string>> = {
  organization: "every account: one owner, one budget, a way in that is not a user, and a way to close it.",
  management: "that it runs nothing, that few get in, and that its root is locked away.",
  security:
    "that findings of all accounts and regions arrive in it, and that its readers cannot change what they read.",
  "log-archive": "that its buckets are locked, replicated and readable by few, and that no account can stop sending.",
  workload: "that units follow environments, and that guards for regions, encryption and public access hold there.",
  sandbox: "budgets, limits by service and region, no way into other accounts, and a date of expiry.",
  suspended: "that a policy denies everything, and that nothing is still paid for.",
};

const viewOf = (type: string): Step => {
  const word = type.toLowerCase().replaceAll(/[\s_]+/g, "-");
  const view = Object.hasOwn(VIEWS, word) ? VIEWS[word] : undefined;
  return {
    say:
      view === undefined
        ? `${codeSpan(type)} is none of ${Object.keys(VIEWS).join(", ")}: ask what such accounts are for, and judge them by that.`
        : `Judge accounts of this kind: ${view}`,
    commands: [
      "aws budgets describe-budgets --account-id \"$(aws sts get-caller-identity --query Account --output text)\" --query 'Budgets[].[BudgetName,BudgetLimit.Amount]' --output table",
    ],
  };
};
