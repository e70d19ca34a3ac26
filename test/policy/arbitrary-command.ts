import fc from "fast-check";
import type { OperationTable, OptionTable, ValueType } from "../../src/catalogue/service-table.js";
import { operations } from "../catalogue/effects/committed.js";

/** The words of an aws command that the catalogue has: required options, some others, plain values. */
export const arbitraryCommand: fc.Arbitrary<readonly string[]> = fc
  .nat(operations.length - 1)
  .chain((index) => commandOf(operations[index] ?? fail()));

const fail = (): never => {
  throw new Error("the catalogue has no operation");
};

const commandOf = (table: OperationTable): fc.Arbitrary<readonly string[]> => {
  const options = [...table.options.values()].filter(({ name }) => !name.startsWith("cli-"));
  const required = options.filter((option) => option.required);
  if (options.length === 0) return fc.constant(["aws", table.service, ...table.name.split(" ")]);
  return fc
    .uniqueArray(fc.constantFrom(...options), { maxLength: 3 })
    .chain((more) => {
      const given = [...new Map([...required, ...more].map((each) => [each.twin ?? each.name, each])).values()];
      return fc.tuple(
        fc.tuple(...table.operands.filter((slot) => slot.required).map(operandOf)),
        fc.tuple(...given.map(optionOf)),
      );
    })
    .map(([operands, given]) => [
      "aws",
      table.service,
      ...table.name.split(" ").filter((word) => word !== ""),
      ...operands,
      ...given.flat(),
    ]);
};

const operandOf = (slot: OptionTable): fc.Arbitrary<string> =>
  slot.name === "paths" ? fc.constantFrom("s3://b/k", "notes.txt") : wordOf(slot);

const optionOf = (option: OptionTable): fc.Arbitrary<readonly string[]> =>
  option.words === 0 || option.type.kind === "flag"
    ? fc.constant([`--${option.name}`])
    : fc
        .array(wordOf(option), { minLength: 1, maxLength: typeof option.words === "number" ? option.words : 1 })
        .map((values) => [`--${option.name}`, ...values]);

const wordOf = (option: OptionTable): fc.Arbitrary<string> => {
  const listed = option.choices ?? option.known;
  if (listed !== undefined && listed.length > 0) return fc.constantFrom(...listed);
  return textOf(option.type);
};

const textOf = (type: ValueType): fc.Arbitrary<string> => {
  switch (type.kind) {
    case "list":
      return textOf(type.element);
    case "integer":
    case "long":
    case "float":
      return fc.constantFrom("1", "30");
    case "boolean":
      return fc.constantFrom("true", "false");
    case "structure":
    case "map":
      return fc.constantFrom("a=b", '{"a":"b"}', "Name=x,Value=y", "RoleArn=arn:aws:iam::111122223333:role/x");
    case "string":
    case "timestamp":
    case "blob":
    case "flag":
      return fc.constantFrom(
        "x",
        "a b",
        "it's",
        "$x",
        "0.0.0.0/0",
        "arn:aws:iam::111122223333:role/x",
        "file://f.json",
      );
  }
};
