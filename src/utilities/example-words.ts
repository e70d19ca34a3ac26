import { parse } from "../language/parse.js";
import { wordText } from "../language/syntax.js";

/** The words of an example, which is one command of the language; undefined when it is not. */
export const exampleWords = (text: string): readonly string[] | undefined => {
  const parsed = parse(text);
  if (!parsed.ok || parsed.value.commands.length > 1) return undefined;
  return parsed.value.commands[0].words.map(wordText);
};
