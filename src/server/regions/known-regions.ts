import { COMPILED, readCompiled } from "../../catalogue/compiled.js";
import type { RegionData } from "../../catalogue/generate/region-data.js";

/** What is known of regions without asking AWS. Throws where the build has not compiled it. */
export const loadKnownRegions = (): RegionData =>
  // The hash says that this is what the build wrote after it had read every member.
  readCompiled(COMPILED, "regions") as RegionData;
