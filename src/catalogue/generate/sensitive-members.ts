import { memberWords } from "./member-words.js";
import type { SecretEntry } from "./reviewed.js";
import { type ServiceModel, type Shape, shapeOf, walkMembers } from "./service-model.js";

/**
 * The members of an operation's input whose values belong in no log, sorted; those of structures with a dot before them.
 * The models say it: a shape marked as sensitive "MUST NOT be exposed in things like exception messages or log output"
 * (Smithy 2.0, "sensitive trait"). What only names a thing is left out all the same, since a log of what was done has to
 * say to what. Members that people have found to hold secrets in answers hold them here, too.
 */
export const sensitiveMembers = (
  model: ServiceModel,
  folder: string,
  operation: string,
  also: readonly SecretEntry[],
): readonly string[] => {
  const input = model.operations[operation]?.input?.shape;
  if (input === undefined) return [];
  const isReviewed = (member: string): boolean =>
    also.some(
      (entry) => entry.model === folder && entry.member === member && (entry.operations?.includes(operation) ?? true),
    );
  const found = new Set<string>();
  const visit = (depth: "" | ".", name: string, shape: Shape): void => {
    if (isReviewed(name) || (isSensitive(model, shape) && !NAMES_SOMETHING.test(memberWords(name).join(" "))))
      found.add(`${depth}${name}`);
  };
  for (const [name, member] of Object.entries(shapeOf(model, input).members ?? {})) {
    visit("", name, shapeOf(model, member.shape));
    walkMembers(model, member.shape, (inner, _member, shape) => visit(".", inner, shape));
  }
  return [...found].sort();
};

const NAMES_SOMETHING =
  /(?:^| )(?:id|ids|identifier|identifiers|arn|arns|name|names|username|alias|aliases|type|types|tag|tags|tag keys?|kms keys?)$/;

/** Whether the mark is on a shape or on what its lists and maps hold; a closed set of values tells nothing. */
const isSensitive = (model: ServiceModel, shape: Shape): boolean => {
  const inner = shape.member ?? shape.value;
  if (inner !== undefined) return shape.sensitive === true || isSensitive(model, shapeOf(model, inner.shape));
  return shape.sensitive === true && shape.enum === undefined && HOLDS_TEXT.has(shape.type);
};

const HOLDS_TEXT = new Set(["string", "blob", "structure"]);
