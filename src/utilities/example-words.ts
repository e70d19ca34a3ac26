import { literalText } from "../language/literal-text.js";
import { onlyPipeline } from "../language/only-pipeline.js";
import { parse } from "../language/parse.js";

/** The words of an example, which is one command of the language, without expansions and redirections; undefined when it is not. */
export const exampleWords = (text: string): readonly string[] | undefined => {
  const parsed = parse(text);
  const pipeline = parsed.ok ? onlyPipeline(parsed.value) : undefined;
  if (pipeline === undefined || pipeline.commands.length > 1) return undefined;
  const [{ words, redirections }] = pipeline.commands;
  const texts = words.map(literalText);
  return redirections.length === 0 && texts.every((each) => each !== undefined) ? texts : undefined;
};
