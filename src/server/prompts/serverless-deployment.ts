import { nearest } from "../../catalogue/nearest.js";
import { codeSpan } from "./code-span.js";
import { type Page, type PromptFacts, prompt } from "./prompt.js";
import { lambdaRuntimes, STANDARD_RUNTIME, samTemplate } from "./sam-template.js";
import { sh } from "./sh.js";

export const serverlessDeployment = prompt({
  name: "serverless_deployment",
  title: "Deploy a serverless application",
  description:
    "A Lambda function with HTTP API and table as an AWS SAM template, validated and deployed by a change set",
  parameters: {
    application_name: { about: "the application's name; the stack is called like it" },
    runtime: {
      about: "the Lambda runtime",
      standard: STANDARD_RUNTIME,
      offers: ({ book }) => lambdaRuntimes(book.catalogue),
    },
  },
  write: ({ application_name: name, runtime }, facts) => {
    const runtimes = lambdaRuntimes(facts.book.catalogue);
    if (!runtimes.includes(runtime)) return badRuntime(runtime, runtimes);
    return /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name) ? deployment(name, runtime, facts) : badName(name);
  },
});

const badRuntime = (runtime: string, runtimes: readonly string[]): Page => {
  const near = nearest(runtime, runtimes);
  return {
    goal: `Find the Lambda runtime that the person means: ${codeSpan(runtime)} is none that Lambda has.`,
    notes: [`Current ones: ${(near.length > 0 ? near : runtimes.slice(0, 6)).map(codeSpan).join(", ")}.`],
    steps: [
      {
        say: "See what the account uses, then ask.",
        commands: [
          "aws lambda list-functions --query 'Functions[].Runtime' --output text | tr '\\t' '\\n' | sort | uniq -c",
        ],
      },
    ],
    report: "the runtime that you propose and until when it is supported.",
  };
};

const badName = (name: string): Page => ({
  goal: `Find a name for the application: ${codeSpan(name)} cannot name a stack.`,
  notes: ["It begins with a letter and has up to 64 letters, digits and hyphens."],
  steps: [
    {
      say: "See which names are taken, then propose one.",
      commands: ["aws cloudformation describe-stacks --query 'Stacks[].StackName'"],
    },
  ],
  report: "the name that you propose. Deploy nothing yet.",
});

const deployment = (name: string, runtime: string, { now }: PromptFacts): Page => {
  const change = `${name}-${now.toISOString().slice(0, 10)}`;
  const template = samTemplate(runtime);
  return {
    goal: `Deploy the serverless application ${codeSpan(name)} on ${codeSpan(runtime)} from an AWS SAM template.`,
    notes: [
      template.isWhole
        ? "The template below is a skeleton with its code inside: grow it with the person before step 3 (authorization of the API, settings from Parameter Store, a dead-letter queue, alarms)."
        : "This runtime needs a built package: put `app.zip` into the workspace, copy it to a bucket with `aws s3 cp`, and set `CodeUri` in the template to where it lies before step 3.",
    ],
    steps: [
      {
        say: "See what is there already, and what the account may run at once.",
        commands: [
          sh`aws cloudformation describe-stacks --stack-name=${name} --query 'Stacks[].[StackStatus,Outputs]'`,
          "aws lambda get-account-settings --query AccountLimit",
        ],
        look: "a stack of that name: then the change set is of type `UPDATE`, else of type `CREATE`.",
      },
      {
        say: "Write the template into the workspace, and validate it.",
        commands: [
          sh`printf '%s\\n' ${JSON.stringify(template.body)} | jq . | tee template.json`,
          "aws cloudformation validate-template --template-body file://template.json",
        ],
      },
      {
        say: `The template makes the function's role, which changes permissions: a person runs \`aws cloudformation create-change-set\` with \`--change-set-name ${change} --template-body file://template.json --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND\`. Then read what it would do, and run it.`,
        changes: true,
        commands: [
          sh`aws cloudformation describe-change-set --stack-name=${name} --change-set-name=${change} --query 'Changes[].ResourceChange.[Action,ResourceType,LogicalResourceId]' --output table`,
          sh`aws cloudformation execute-change-set --stack-name=${name} --change-set-name=${change}`,
        ],
        look: "roles wider than the policies in the template, anything that is replaced.",
      },
      {
        say: "Verify.",
        commands: [
          sh`aws cloudformation describe-stack-events --stack-name=${name} --max-items 20 --query 'StackEvents[].[ResourceStatus,LogicalResourceId,ResourceStatusReason]' --output table`,
          sh`aws cloudformation describe-stacks --stack-name=${name} --query 'Stacks[].Outputs'`,
        ],
      },
    ],
    report: "the API's address, what was made, what it costs idle, who may call it, and how to roll back.",
  };
};
