import { codeSpan } from "./code-span.js";
import { findService, nearestServices, otherNames, type Service, serviceNames } from "./find-service.js";
import type { Page, Parameter, PromptFacts } from "./prompt.js";

/** The names of services, and what else people call them as far as it begins with what they type. */
export const offeredServices: NonNullable<Parameter["offers"]> = ({ book }, _, typed) => [
  ...serviceNames(book.catalogue),
  ...otherNames(typed),
];

/** The argument `service`. */
export const serviceParameter: Parameter = {
  about: "the AWS service, such as s3, ec2 or rds",
  offers: offeredServices,
};

/** Commands for one service, and what to look for in their answers. */
export type ServiceReads = { readonly commands: readonly string[]; readonly look: string };

/** A table's row, if it has one for this service. */
export const rowFor = <Row>(table: Readonly<Record<string, Row>>, { name }: Service): Row | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** The page for the service that an argument names, or one that says there is none. */
export const servicePage = (text: string, facts: PromptFacts, write: (service: Service) => Page): Page => {
  const service = findService(text, facts.book.catalogue);
  return service === undefined ? unknownService(text, facts) : write(service);
};

const unknownService = (text: string, { book: { catalogue } }: PromptFacts): Page => {
  const near = nearestServices(text, catalogue).map(codeSpan);
  return {
    goal: `Find out which AWS service the person means: ${codeSpan(text)} is none of the AWS CLI's ${catalogue.services.length} names.`,
    notes: near.length === 0 ? [] : [`Nearest names: ${near.join(", ")}.`],
    steps: [
      {
        say: "See which services have tagged resources in this region.",
        commands: [
          "aws resourcegroupstaggingapi get-resources --query 'ResourceTagMappingList[].ResourceARN' --output text | tr '\\t' '\\n' | cut -d : -f 3 | sort | uniq -c | sort -rn",
        ],
      },
      {
        say: "Look a likely name up with `aws_cli_help` (`service` alone lists its operations), then ask the person.",
      },
    ],
    report: "the names that could be meant, and that nothing else was looked at; guess none.",
  };
};
