import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { err, ok } from "../language/result.js";
import { findProgram, realPath } from "./find-program.js";
import { isExecutable } from "./launcher.js";
import type { CliFound } from "./machine.js";

/** What the operator said about the CLI. */
export type CliSettings = {
  readonly path: string | undefined;
  readonly allowV1: boolean;
  readonly operator: NodeJS.ProcessEnv;
};

/** Where the CLI is, and its version as far as its files tell. */
export type LocatedCli = { readonly path: string; readonly major: 1 | 2 | undefined };

/**
 * Finds the AWS CLI without running it. The official version 2 is a directory of its own that holds `awscli/` and
 * `base_library.zip`; of a Python installation the distribution's name tells the version.
 */
export const locateCli = (settings: CliSettings): LocatedCli | undefined => {
  const named = settings.path ?? findProgram("aws", settings.operator.PATH);
  if (named === undefined || !isAbsolute(named) || !isExecutable(named)) return undefined;
  const real = realPath(named);
  return real === undefined ? undefined : { path: real, major: majorOf(real) };
};

const majorOf = (real: string): 1 | 2 | undefined => {
  const directory = dirname(real);
  if (existsSync(join(directory, "base_library.zip"))) return 2;
  const version = [...siteDirectories(directory)].map(distributionVersion).find((found) => found !== undefined);
  return version?.startsWith("1.") ? 1 : version?.startsWith("2.") ? 2 : undefined;
};

// lib/python3.*/site-packages beside a bin directory, and Debian's dist-packages.
const siteDirectories = function* (bin: string): Generator<string> {
  for (const library of [join(dirname(bin), "lib"), "/usr/lib"]) {
    for (const python of namesIn(library).filter((name) => name.startsWith("python3"))) {
      yield join(library, python, "site-packages");
      yield join(library, python, "dist-packages");
    }
  }
};

const distributionVersion = (directory: string): string | undefined => {
  const found = namesIn(directory).find((name) => /^awscli-[0-9].*\.(dist|egg)-info$/.test(name));
  return found === undefined ? undefined : basename(found).slice("awscli-".length);
};

const namesIn = (directory: string): readonly string[] => (existsSync(directory) ? readdirSync(directory) : []);

/** The CLI that stages may run, or why there is none. */
export const usableCli = (settings: CliSettings): CliFound => {
  const located = locateCli(settings);
  if (located === undefined) return err(missing);
  if (located.major === 1 && !settings.allowV1) return err(versionOne);
  return ok({ path: located.path });
};

const missing = {
  code: "cli-missing",
  message: "the AWS CLI is not installed on the server",
  hint: "the operator installs AWS CLI v2, or names it by AWS_MCP_AWS_CLI",
};

const versionOne = {
  code: "cli-version-1",
  message: "the AWS CLI on the server is version 1, which fetches `http://` values and is no longer maintained",
  hint: "the operator installs AWS CLI v2, or sets AWS_MCP_ALLOW_V1=1",
};

// What `aws … help` runs besides itself (traced with groff 1.22): `groff -m man -T ascii` starts the other two. Without
// troff or grotty groff prints nothing and ends with 0.
const FORMATTERS = ["groff", "troff", "grotty", "cat"];

/** The programs that help runs may start, by the paths of the programs themselves. */
export const linkedFormatters = (directory: string): readonly string[] =>
  namesIn(directory).flatMap((name) => realPath(join(directory, name)) ?? []);

/** Takes out the overstrikes by which grotty(1) prints bold, so that `aws s3 help | grep NAME` finds it. */
const PLAIN = "col";

/** What help runs have on their PATH: the programs that are not installed, and the pager's command line. */
export type LinkedFormatters = { readonly missing: readonly string[]; readonly pager: string };

/** Fills the PATH directory of help runs with links to the formatter. */
export const linkFormatters = (directory: string, operator: NodeJS.ProcessEnv): LinkedFormatters => {
  const isLinked = (name: string): boolean => {
    const found = findProgram(name, `/usr/local/bin:/usr/bin:/bin:${operator.PATH ?? ""}`);
    if (found !== undefined && !existsSync(join(directory, name))) symlinkSync(found, join(directory, name));
    return found !== undefined;
  };
  return { missing: FORMATTERS.filter((name) => !isLinked(name)), pager: isLinked(PLAIN) ? `${PLAIN} -bx` : "cat" };
};
