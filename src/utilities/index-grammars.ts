import type { GrammarData, Utility, UtilityGrammar, UtilityGrammars } from "./utility-grammar.js";

/** Builds the tables once, so that matching a command is a few look-ups. */
export const indexGrammars = (data: GrammarData): UtilityGrammars => ({
  utilities: new Map(data.utilities.map((grammar) => [grammar.name, indexGrammar(grammar)])),
  refused: new Map(Object.entries(data.refused)),
});

const indexGrammar = (grammar: UtilityGrammar): Utility => {
  const long = new Map(grammar.options.flatMap((option) => option.long.map((name) => [name, option] as const)));
  const short = new Map(grammar.options.flatMap((option) => option.short.map((name) => [name, option] as const)));
  const number = grammar.number && long.get(grammar.number.option);
  return {
    grammar,
    long,
    longNames: [...long.keys()].sort(),
    short,
    adds: grammar.adds.flatMap((name) => long.get(name) ?? []),
    ...(number && { number }),
  };
};
