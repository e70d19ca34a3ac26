import type { Leaf, Value } from "./value.js";

/** A place inside of a value: keys of maps, and numbers of list items from 0. */
export type Place = readonly (string | number)[];

export type PlacedLeaf = { readonly place: Place; readonly leaf: Leaf };

/** All leaves of a value in the order of its text. */
export function* everyLeaf(value: Value, place: Place = []): Generator<PlacedLeaf> {
  switch (value.kind) {
    case "list":
      for (const [index, item] of value.items.entries()) yield* everyLeaf(item, [...place, index]);
      return;
    case "map":
      for (const entry of value.entries) yield* everyLeaf(entry.value, [...place, entry.key]);
      return;
    case "text":
    case "number":
    case "boolean":
    case "null":
    case "file":
    case "unknown":
      yield { place, leaf: value };
  }
}

/** `IpPermissions[0].IpRanges[1].CidrIp` */
export const showPlace = (place: Place): string => place.map(showStep).join("").replace(/^\./, "");

const showStep = (step: string | number): string => {
  if (typeof step === "number") return `[${step}]`;
  return /^[\w\-:/]+$/.test(step) ? `.${step}` : `.${JSON.stringify(step)}`;
};
