// `npm run mcpb`: packs the bundle and says where it is and, for the registry and a release, its SHA-256.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { packBundle } from "./pack-bundle.js";

const bundle = await packBundle();
const bytes = readFileSync(bundle);
console.log(`${bundle}\n${bytes.length} bytes\nsha256 ${createHash("sha256").update(bytes).digest("hex")}`);
