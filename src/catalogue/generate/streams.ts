import type { RawArgument } from "./raw-tables.js";
import { type ServiceModel, shapeOf, walkMembers } from "./service-model.js";

/**
 * The members that the CLI reads from the file whose path the option holds: streamed bodies, as `s3api put-object --body`.
 * `problem` is told of streamed members and bytes that it would pass in some other way, which nobody has read.
 */
export const streamedMembers = (
  model: ServiceModel,
  operation: string,
  options: readonly RawArgument[],
  problem: (text: string) => void,
): ReadonlySet<string> => {
  const input = model.operations[operation]?.input?.shape;
  const found = new Set<string>();
  if (input === undefined) return found;
  const top = shapeOf(model, input).members ?? {};
  walkMembers(model, input, (name, member, shape) => {
    const option = options.find((each) => each.serialized === name);
    const plain = member === top[name] && option?.type === "blob";
    if (shape.eventstream === true) problem(`${operation}: ${name} is an event stream, which no option takes`);
    if (member.streaming === true || shape.streaming === true) {
      if (plain) found.add(name);
      else problem(`${operation}: ${name} is streamed and is no option of type blob`);
    } else if (shape.type === "blob" && member === top[name] && option !== undefined && !plain)
      problem(`${operation}: ${name} is bytes, and --${option.name} is ${option.type}`);
  });
  return found;
};
