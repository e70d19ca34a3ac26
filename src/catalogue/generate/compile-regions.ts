// A step of the build: `node dist/catalogue/generate/compile-regions.js`. Throws when the file is not the generator's.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COMPILED, writeCompiled } from "../compiled.js";
import { parseRegionData } from "./region-data.js";

const COMMITTED = fileURLToPath(new URL("../../../grammar/aws/regions.json", import.meta.url));

writeCompiled(COMPILED, "regions", parseRegionData(readFileSync(COMMITTED, "utf8")));
