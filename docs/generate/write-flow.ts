// `npm run docs`: draws docs/flow.svg and docs/flow-narrow.svg anew.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { flow } from "./flow.js";
import { FLOW_FILES, flowFile } from "./flow-files.js";

// npm runs its scripts in the repository's folder.
for (const [form, name] of FLOW_FILES) writeFileSync(join("docs", name), flowFile(flow, form));
