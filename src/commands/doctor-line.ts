/** What is not good is missing, or only absent, which a call may never notice. */
export type Line = { readonly good: boolean; readonly absent?: boolean; readonly what: string; readonly found: string };

/** A line that says what was found, or what was thrown instead. */
export const tryLine = async (what: string, find: () => string | Promise<string>): Promise<Line> => {
  try {
    return { good: true, what, found: await find() };
  } catch (cause) {
    // A file of tokens has a line for each mistake.
    return {
      good: false,
      what,
      found: (cause instanceof Error ? cause.message : String(cause)).replaceAll("\n", "; "),
    };
  }
};
