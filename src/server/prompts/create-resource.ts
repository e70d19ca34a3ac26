import type { RuleBook } from "../../policy/rule-book.js";
import { codeSpan } from "./code-span.js";
import type { Service } from "./find-service.js";
import { genericReads } from "./generic-reads.js";
import { NEW_RESOURCES, type NewResource, newResourceOf } from "./new-resources.js";
import { type Page, type PromptFacts, prompt } from "./prompt.js";
import { servicePage } from "./service-page.js";

export const createResource = prompt({
  name: "create_resource",
  title: "Create a resource",
  description:
    "A new AWS resource with encryption, tags and protection from the start, looked for first and verified after",
  parameters: {
    resource_type: {
      about: "what to create, such as s3-bucket, dynamodb-table or AWS::SQS::Queue",
      offers: () => NEW_RESOURCES.map(({ title }) => title),
    },
    resource_name: { about: "the name of what is created" },
  },
  write: ({ resource_type: type, resource_name: name }, facts) => {
    const resource = newResourceOf(type);
    if (resource === undefined) return servicePage(type, facts, (service) => anyResource(type, name, service, facts));
    return resource.names.test(name) ? known(resource, name) : badName(resource, name);
  },
});

const known = (resource: NewResource, name: string): Page => ({
  goal: `Create the ${resource.title} ${codeSpan(name)}, closed and encrypted from the start.`,
  notes: [
    "Ask for what the text leaves open (purpose, owner, environment, cost centre) and put it into tags; `aws resourcegroupstaggingapi tag-resources` takes any ARN.",
  ],
  steps: [
    {
      say: "See who you are and where, and that nothing of this name exists.",
      commands: ["aws sts get-caller-identity", ...resource.before(name)],
      look: "another account or region than the person means; stop then.",
    },
    { say: resource.say, commands: resource.create(name), changes: true },
    { say: "Verify what is there now.", commands: resource.verify(name) },
  ],
  report: "the ARN, every setting that protects it, what it costs idle, and the command that would delete it.",
});

const badName = (resource: NewResource, name: string): Page => ({
  goal: `Find a name for the new ${resource.title}: ${codeSpan(name)} is none.`,
  notes: [`It must be ${resource.namesAre}.`],
  steps: [{ say: "Propose three names near to it, and ask the person for one." }],
  report: "the names. Create nothing under a name that nobody asked for.",
});

const anyResource = (type: string, name: string, service: Service, { book }: PromptFacts): Page => ({
  goal: `Create ${codeSpan(type)} named ${codeSpan(name)} with \`aws ${service.word}\`, closed and encrypted from the start.`,
  notes: [creators(service, book)],
  steps: [
    {
      say: "See who you are and where, and what exists.",
      commands: ["aws sts get-caller-identity", ...genericReads(service, book).slice(0, 4)],
    },
    {
      say: "Read the operation's page with `aws_cli_help` (`service` and `command`): required options, encryption, tags, deletion protection. Judge the command with `aws_cli_check`; what passes a role or opens access asks a person or is refused.",
    },
    { say: "Run it once, then read the new resource with its `describe-` or `get-` operation.", changes: true },
  ],
  report: "the ARN, every setting that protects it, what it costs idle, and the command that would delete it.",
});

const creators = ({ word }: Service, { catalogue, effects }: RuleBook): string => {
  const names = catalogue.service(word)?.names.filter((name) => /^create-[a-z0-9-]+$/.test(name)) ?? [];
  const isForPerson = (name: string): boolean => effects.of(word, name)?.effect === "permissions";
  const theirs = names.filter(isForPerson);
  const ours = names.filter((name) => !isForPerson(name));
  return [
    ...(ours.length === 0 && theirs.length > 0 ? [] : [`Operations that create: ${someOf(ours)}.`]),
    ...(theirs.length === 0 ? [] : [`A person runs these, since they change permissions: ${someOf(theirs)}.`]),
  ].join(" ");
};

/** The shortest names, which are those of what a service is about. */
const someOf = (names: readonly string[]): string => {
  const shortest = names.toSorted((a, b) => a.length - b.length).slice(0, 6);
  if (shortest.length === 0) return "none by that name; `aws_cli_help` lists what there is";
  return `${shortest.toSorted().map(codeSpan).join(", ")}${names.length > shortest.length ? " and more" : ""}`;
};
