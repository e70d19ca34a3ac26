import type { Secret } from "../redact/secret.js";

/** How text that is data is shown. */
export type Presentation = {
  readonly findSecrets: (text: string) => Promise<readonly Secret[]>;
  /** What stands in a secret's place. */
  readonly hidden: (rule: string) => string;
  /**
   * Makes visible what could move or hide other text. For two texts one after the other it gives what it gives for each,
   * unless a carriage return is torn from its line feed, or a joiner from a character beside it.
   */
  readonly visible: (text: string) => string;
};

/**
 * A part of a text as it is shown, its secrets hidden. One that begins before the part leaves nothing in it, one that ends
 * after it is hidden here as a whole: the parts of a text one after the other are the whole text as it is shown.
 *
 * @param text the part with enough around it to tell a secret by
 */
export const presentPart = async (
  text: string,
  { start, end }: Pick<Secret, "start" | "end">,
  { findSecrets, hidden, visible }: Presentation,
): Promise<string> => {
  const shown: string[] = [];
  let at = start;
  for (const secret of await findSecrets(text)) {
    if (secret.end <= at || secret.start >= end) continue;
    if (secret.start >= start) shown.push(visible(text.slice(at, secret.start)), hidden(secret.rule));
    at = secret.end;
  }
  shown.push(visible(text.slice(at, end)));
  return shown.join("");
};
