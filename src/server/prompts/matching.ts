/** The values that what somebody typed may become: those that begin with it, then those that hold it; case does not matter. */
export const matching = (typed: string, values: readonly string[]): readonly string[] => {
  const wanted = typed.trim().toLowerCase();
  const rank = (value: string): number => value.toLowerCase().indexOf(wanted);
  const begin = values.filter((value) => rank(value) === 0);
  return [...begin, ...values.filter((value) => rank(value) > 0)];
};
