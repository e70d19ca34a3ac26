import type { RuleBook } from "../../policy/rule-book.js";
import { codeSpan } from "./code-span.js";
import { findService, type Service } from "./find-service.js";
import { prompt, type Step } from "./prompt.js";
import { servicePage, serviceParameter } from "./service-page.js";
import { json, sh } from "./sh.js";

export const iamPolicyGenerator = prompt({
  name: "iam_policy_generator",
  title: "Write a least-privilege IAM policy",
  description: "An IAM policy for named actions on named resources, checked by Access Analyzer; a person attaches it",
  parameters: {
    service: serviceParameter,
    actions: {
      about: "actions with commas between them, such as s3:GetObject,s3:PutObject, or what is to be possible",
      offers: ({ book }, given, typed) => actionsOf(given.service ?? "", book, typed),
    },
    resource_pattern: { about: "an ARN, which may hold *", standard: "*" },
  },
  write: ({ service, actions, resource_pattern: resource }, facts) =>
    servicePage(service, facts, (found) => {
      const names = actionNames(actions, found);
      const policy = names === undefined ? undefined : document(names, resource);
      return {
        goal: `Write the smallest identity policy for \`${found.name}\` that allows ${codeSpan(actions)} on ${codeSpan(resource)}.`,
        notes: [
          ...(names === undefined
            ? [
                `These are no action names. Find those of \`${found.model.iamPrefix}:\` that are meant, mostly named like the operations of \`aws ${found.word}\`, and ask the person when in doubt.`,
              ]
            : []),
          ...(resource === "*"
            ? ["`*` is every resource: narrow it to ARNs wherever the action takes one, and ask which."]
            : resource.startsWith("arn:")
              ? []
              : [`${codeSpan(resource)} is no ARN and no \`*\`: find the ARN that is meant before you go on.`]),
        ],
        steps: [
          {
            say: "See what AWS already offers for this.",
            commands: [
              `aws iam list-policies --scope AWS --query 'Policies[].PolicyName' --output text | tr '\\t' '\\n' | grep -i ${found.name}`,
            ],
            look: "a managed policy that is no wider than what is asked for; mostly there is none.",
          },
          policy === undefined ? fromFile : validated(policy),
          {
            say: "Narrow it by conditions where they fit (`aws:PrincipalTag`, `aws:SourceVpce`, `aws:MultiFactorAuthPresent`), split actions with and without resources into statements with a `Sid`, and validate again.",
          },
        ],
        report:
          "the policy as JSON, what each statement allows and why, what was left out, and every finding of Access Analyzer. Attaching it changes permissions: a person does that, for example with `aws iam put-role-policy`, not you.",
      };
    }),
});

type Policy = ReturnType<typeof document>;

const document = (actions: readonly string[], resource: string) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "Needed", Effect: "Allow", Action: actions, Resource: resource }] as const,
});

const validated = (policy: Policy): Step => ({
  say: "Start from this draft: check its grammar, what it decides, and that it reaches no further.",
  commands: [
    `aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document ${json(policy)}`,
    ...simulated(policy),
    `aws accessanalyzer check-access-not-granted --policy-type IDENTITY_POLICY --policy-document ${json(policy)} --access actions=iam:PassRole,sts:AssumeRole`,
  ],
  look: "`ERROR` and `SECURITY_WARNING`; decisions other than `allowed`; a `FAIL` of the last one.",
});

const EVALUATED = " --query 'EvaluationResults[].[EvalActionName,EvalDecision]' --output table";

// The simulator takes no wildcards in actions.
const simulated = (policy: Policy): readonly string[] => {
  const [{ Action: actions, Resource: resource }] = policy.Statement;
  if (actions.some((action) => action.includes("*"))) return [];
  return [
    sh`aws iam simulate-custom-policy --policy-input-list ${JSON.stringify(policy)} --resource-arns=${resource} --action-names `.concat(
      actions.join(" "),
      EVALUATED,
    ),
  ];
};

const fromFile: Step = {
  say: "Write the policy to `policy.json` in the workspace (`printf '%s\\n' '…' | tee policy.json`), then check it.",
  commands: ["aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json"],
  look: "`ERROR` and `SECURITY_WARNING`. `aws iam simulate-custom-policy` then tells what it decides.",
};

/** The actions with their prefix, where every word is one; nothing for what people say in their own words. */
const actionNames = (text: string, { model }: Service): readonly string[] | undefined => {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const isAction = (word: string) => /^(?:[a-z0-9-]+:)?(?:[A-Z][A-Za-z0-9]*\*?|\*)$/.test(word);
  if (words.length === 0 || !words.every(isAction)) return undefined;
  return words.map((word) => (word.includes(":") ? word : `${model.iamPrefix || model.signingName}:${word}`));
};

/** The operations of a service as actions, behind those that stand there already; IAM names nearly all of them like this. */
const actionsOf = (text: string, { catalogue }: RuleBook, typed: string): readonly string[] => {
  const service = findService(text, catalogue);
  const table = service === undefined ? undefined : catalogue.service(service.word);
  if (service === undefined || table === undefined) return [];
  const before = typed.slice(0, typed.lastIndexOf(",") + 1);
  const prefix = service.model.iamPrefix || service.model.signingName;
  return table.names.flatMap((name) => {
    const call = table.operation(name)?.call;
    return call?.kind === "api" ? [`${before}${prefix}:${call.operation}`] : [];
  });
};
