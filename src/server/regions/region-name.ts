import { isRegion, plainRegion } from "../../policy/custom/plain-region.js";

/** Whether a text has the form of a region's name; `fips-us-east-1` is none, but an endpoint's. */
export const isRegionName = (text: string): boolean => isRegion(text) && plainRegion(text) === text;
