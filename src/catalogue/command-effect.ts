import type { AwsCatalogue } from "./aws-catalogue.js";
import type { AwsCommand } from "./aws-command.js";
import { type OperationEffect, operationEffect } from "./operation-effect.js";

/** The effect of a whole aws command: the worse of its operation and of each option that has an effect of its own. */
export const commandEffect = (catalogue: AwsCatalogue, command: AwsCommand): OperationEffect => {
  if (command.kind !== "operation") return { effect: "read", because: "help text" };
  const operation = operationEffect(catalogue, command.service.text, command.operation.text);
  if (operation.effect !== "read") return operation;
  const hit = catalogue.options.find(
    (entry) => entry.effect !== "read" && command.options.some((option) => option.name === entry.name),
  );
  return hit === undefined ? operation : { effect: hit.effect, because: `\`--${hit.name}\` ${hit.because}` };
};
