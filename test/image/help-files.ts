import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { needAws } from "../provision/needs.js";
import { filesOf } from "./files.js";

const EXAMPLES = /^(usr\/local\/aws-cli\/.*\/awscli\/examples)\/global_synopsis\.rst$/;

/**
 * Flags that mount the texts of the AWS CLI's help where the image's base has none: the CLI of npm's package, which stands in
 * for it here and there, leaves some out.
 */
export const helpFiles = async (): Promise<readonly string[]> => {
  const files = await filesOf();
  if (files.some(({ path }) => EXAMPLES.test(path))) return [];
  const [program] = files.filter(({ path }) => /\/dist\/awscli\/botocore$/.test(path));
  const own = join(dirname(needAws()), "awscli", "examples");
  if (program === undefined || !existsSync(own)) return [];
  return ["--volume", `${own}:/${dirname(program.path)}/examples:ro`];
};
