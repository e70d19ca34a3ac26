/** Numbers in rising order as people write them: `1,2,4-23`. */
export const numberList = (numbers: readonly number[]): string => {
  const runs: { readonly from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}${to === from + 1 ? "," : "-"}${to}`)).join(",");
};
