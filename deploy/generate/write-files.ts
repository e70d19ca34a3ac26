// `npm run docs`: writes the files for clients, the registry and the bundle anew, and removes those of clients that are gone.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository } from "../../test/provision/repository.js";
import { generatedFiles } from "./generated-files.js";

const files = await generatedFiles(join(repository, "dist", "cli.js"));
rmSync(join(repository, "deploy", "clients"), { recursive: true, force: true });
for (const { path, text } of files) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}
