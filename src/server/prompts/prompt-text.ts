import { judgeCommand } from "./judge-command.js";
import type { Arguments, Prompt, PromptFacts } from "./prompt.js";
import { renderPage } from "./render-page.js";

/**
 * The text of a prompt.
 *
 * @param given what a client sent, by parameter; nothing and empty text mean the standard value
 */
export const promptText = (
  prompt: Prompt,
  given: Readonly<Record<string, string | undefined>>,
  facts: PromptFacts,
): string => renderPage(prompt.write(complete(prompt, given), facts), judgeCommand(facts.book));

const complete = ({ parameters }: Prompt, given: Readonly<Record<string, string | undefined>>): Arguments =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { standard }]) => [name, given[name]?.trim() || (standard ?? "")]),
  );
