// `npm run docs`: writes docs/utilities.md anew.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parsedGrammars } from "./compile-grammars.js";
import { utilitiesPage } from "./utilities-page.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

writeFileSync(here("../../docs/utilities.md"), utilitiesPage(parsedGrammars(here("../../grammar/utilities"))));
