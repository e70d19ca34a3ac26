import type { Where } from "../../catalogue/read-yaml.js";
import { inBackticks } from "../../language/visible.js";
import type { PolicyFile } from "./policy-schema.js";
import { wildcard } from "./wildcard.js";

/** Says which patterns of regions fit none that AWS could have. */
export const regionWarnings = ({ rules = [], limits = {} }: PolicyFile, where: Where): readonly string[] => [
  ...rules.flatMap(({ regions = [] }, rule) => warnings(regions, (index) => where(["rules", rule, "regions", index]))),
  ...warnings(limits.regions ?? [], (index) => where(["limits", "regions", index])),
];

const warnings = (globs: readonly string[], at: (index: number) => string): readonly string[] =>
  globs.flatMap((glob, index) =>
    REGIONS.some(wildcard(glob)) ? [] : [`${at(index)}: no region is called ${inBackticks(glob)}`],
  );

const AREAS = "af ap ca cn eu il me mx sa us us-gov us-iso us-isob eu-isoe us-isof eusc-de".split(" ");
const DIRECTIONS = "central east north northeast northwest south southeast southwest west".split(" ");

const REGIONS = AREAS.flatMap((area) =>
  DIRECTIONS.flatMap((direction) => Array.from({ length: 12 }, (_, index) => `${area}-${direction}-${index + 1}`)),
);
