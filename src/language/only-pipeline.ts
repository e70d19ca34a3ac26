import type { List, Pipeline } from "./syntax.js";

/** The pipeline of a list that is just one: nothing before or after it, no `&&` and no `||`. */
export const onlyPipeline = (list: List): Pipeline | undefined => {
  const [andOr, ...others] = list.items;
  return others.length === 0 && andOr.rest.length === 0 ? andOr.first : undefined;
};
