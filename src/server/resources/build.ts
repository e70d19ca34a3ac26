// A step of the build: `node dist/server/resources/build.js`. Throws when a file is wrong.
import { fileURLToPath } from "node:url";
import { COMPILED } from "../../catalogue/compiled.js";
import { compileTexts } from "./compile-texts.js";

compileTexts(fileURLToPath(new URL("../../../grammar", import.meta.url)), COMPILED);
