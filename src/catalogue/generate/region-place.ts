import type { PlaceLists } from "./place-lists.js";
import type { KnownPlace } from "./region-data.js";
import type { Infrastructure, ListedRegion } from "./region-sources.js";

/** Where a region is: AWS says it in codes, and the lists of places know their names. */
export const regionPlace = (
  { name, description }: ListedRegion,
  { regions }: Infrastructure,
  lists: PlaceLists,
): KnownPlace => {
  const codes = regions.get(name);
  if (codes === undefined) return NOWHERE;
  const [country, continent] = [lists.country(codes.country), lists.continent(codes.country)];
  if (country === undefined || continent === undefined)
    throw new Error(`${name} is in ${codes.country}, which the lists of countries do not know`);
  const subdivision = lists.subdivision(codes.subdivision) ?? null;
  const city = cityIn(description, codes, lists) ?? null;
  const reasons = [
    ...(subdivision === null ? [`AWS's code \`${codes.subdivision}\` of its subdivision is none of ISO 3166-2`] : []),
    ...(city === null ? [`the name that AWS has for it, \`${description}\`, has no city in it`] : []),
  ];
  const reason = reasons.length === 0 ? {} : { reason: reasons.join("; ") };
  return { continent, country, subdivision, city, ...reason };
};

const NOWHERE: KnownPlace = {
  continent: null,
  country: null,
  subdivision: null,
  city: null,
  reason: "AWS publishes no place of this region",
};

// What stands in parentheses may be a city, a state (`Ohio`), the country, or no place at all (`Canada (Central)`).
const cityIn = (
  description: string,
  codes: { readonly country: string; readonly subdivision: string },
  lists: PlaceLists,
): string | undefined => {
  const text = /\(([^()]+)\)$/.exec(description)?.[1];
  // Hong Kong is CN-HK to AWS, and a country of its own to others.
  const countries = [codes.country, codes.subdivision.slice(codes.country.length + 1)];
  return text !== undefined && countries.some((country) => lists.hasCity(country, text)) ? text : undefined;
};
