/** A thing the tests need, or the one line that says why it is not here. Plain data: it travels to the test workers. */
export type Found<T> =
  /** it is here */
  | { readonly kind: "found"; readonly value: T }
  /** it is not, and this says what to do */
  | { readonly kind: "problem"; readonly line: string };

/** Says in one line what could not be got and what the reader can do about it. */
export class ProvisionProblem extends Error {
  override readonly name = "ProvisionProblem";
}

export function need<T>(found: Found<T>): T {
  if (found.kind === "problem") throw new ProvisionProblem(found.line);
  return found.value;
}

export async function attempt<T>(get: () => T | Promise<T>): Promise<Found<T>> {
  try {
    return { kind: "found", value: await get() };
  } catch (error) {
    if (error instanceof ProvisionProblem) return { kind: "problem", line: error.message };
    throw error;
  }
}
