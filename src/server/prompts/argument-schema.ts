import { completable } from "@modelcontextprotocol/server";
import { z } from "zod";
import { refuseCharacters } from "../../language/characters.js";
import { matching } from "./matching.js";
import type { Parameter, Prompt, PromptFacts } from "./prompt.js";

const LONGEST = 200;

/**
 * What a prompt takes from a client, each argument with its completions. Arguments that the prompt does not have are
 * refused: a misspelt one would leave the standard value in its place.
 */
export const argumentSchema = ({ parameters }: Prompt, facts: () => PromptFacts) =>
  z.strictObject(
    Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, field(parameter, facts)])),
  );

// The SDK finds completions at a schema itself or inside `optional`, and nowhere deeper; `describe` makes a copy, so that
// it comes first.
const field = (parameter: Parameter, facts: () => PromptFacts) => {
  const { about, standard, offers } = parameter;
  const text = lineOfText(standard === undefined);
  const described = text.describe(standard === undefined ? about : `${about}; ${standard} if left out`);
  const complete = (typed: string | undefined, context?: { readonly arguments?: Record<string, string> }) =>
    offers === undefined ? [] : [...matching(typed ?? "", offers(facts(), context?.arguments ?? {}, typed ?? ""))];
  const offered = offers === undefined ? described : completable(described, complete);
  return standard === undefined ? offered : offered.optional();
};

const lineOfText = (isRequired: boolean) =>
  z.string("must be text").superRefine((text, context) => {
    const problem = problemOf(text, isRequired);
    if (problem !== undefined) context.addIssue(problem);
  });

const problemOf = (text: string, isRequired: boolean): string | undefined => {
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters; shorten it`;
  if (/[\t\n]/.test(text)) return "holds a tab or a newline; send one line";
  const refused = refuseCharacters(text);
  if (refused !== undefined) return `${refused.message.replace(/^the text /, "")}; send one line of plain text`;
  if (/\p{DI}/u.test(text)) return "holds characters that nobody sees; send one line of plain text";
  if (/^\s*fileb?:\/\//i.test(text)) return "names a file; send the value itself";
  return isRequired && text.trim() === "" ? "is empty; this argument must be given" : undefined;
};
