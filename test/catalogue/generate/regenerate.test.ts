import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dumpCommandTables, type RunProgram } from "../../../src/catalogue/generate/dump-command-tables.js";
import { catalogueTexts } from "../../../src/catalogue/generate/generate-catalogue.js";
import { needAws } from "../../provision/needs.js";
import { runProgram } from "../../provision/run-program.js";

const SERVICES = join(import.meta.dirname, "../../../grammar/aws/services");

const run: RunProgram = async (program, args, environment) => {
  const { ok, stderr } = await runProgram(program, args, { env: { ...environment } });
  if (!ok) throw new Error(stderr);
};

describe("generateCatalogue", () => {
  it("makes the committed files again, byte for byte", async () => {
    const only = ["configure", "dynamodb", "ec2", "emr", "iam", "lambda", "login", "rds", "s3", "s3api", "s3control"];
    const tables = await dumpCommandTables(needAws(), run);
    const texts = await catalogueTexts(tables, { only });
    expect([...texts.keys()]).toEqual(["aws", ...only]);
    for (const [name, text] of texts)
      expect(text === readFileSync(join(SERVICES, `${name}.txt`), "utf8"), `${name}.txt is not what the CLI says`).toBe(
        true,
      );
  });
});
