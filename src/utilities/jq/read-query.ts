import type { JqRead } from "./jq-token-reader.js";
import { readChain } from "./read-chain.js";
import { readDefinitions } from "./read-definitions.js";
import { readPatterns } from "./read-patterns.js";
import { readPlain } from "./read-term.js";

// query = operand , { operator , operand } ;
export const readQuery: JqRead = (reader) => readChain(reader, readOperand, OPERATORS);

// source = plain , { operator - "|" - "," , plain } ;
export const readSource: JqRead = (reader) => readChain(reader, readPlain, INNER_OPERATORS);

// value = plain , { operator - "," , plain } ;
export const readValue: JqRead = (reader) => readChain(reader, readPlain, VALUE_OPERATORS);

const INNER_OPERATORS: ReadonlySet<string> = new Set(
  "// = or and //= |= + += - -= * *= / /= % %= == != < > <= >=".split(" "),
);
const VALUE_OPERATORS: ReadonlySet<string> = new Set([...INNER_OPERATORS, "|"]);
const OPERATORS: ReadonlySet<string> = new Set([...VALUE_OPERATORS, ","]);

// operand = { definition | label } , plain , { "as" , patterns , "|" , { definition | label } , plain } ;
const readOperand: JqRead = (reader) => {
  for (;;) {
    const problem = readLeading(reader) ?? readPlain(reader);
    if (problem || !reader.take("as")) return problem;
    const binding = readPatterns(reader) ?? reader.expect("|");
    if (binding) return binding;
  }
};

// label = "label" , variable , "|" ;
const readLeading: JqRead = (reader) => {
  for (;;) {
    const problem = readDefinitions(reader);
    if (problem || !reader.take("label")) return problem;
    const label = reader.name("variable") ?? reader.expect("|");
    if (label) return label;
  }
};
