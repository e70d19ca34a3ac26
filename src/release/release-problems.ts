import { changelogEntries } from "./changelog.js";
import { otherVersions } from "./stated-versions.js";

export type Release = {
  /** The tag that is being released, as `v1.2.3`. */
  readonly tag: string;
  /** The version in package.json. */
  readonly declared: string;
  /** What the build calls itself. */
  readonly built: string;
  readonly changelog: string;
  /** Every file that may name a version of this package: path to text. */
  readonly files: ReadonlyMap<string, string>;
};

/** Why this must not be released, one line each; empty when it may. */
export const releaseProblems = ({ tag, declared, built, changelog, files }: Release): readonly string[] => [
  ...(tag === `v${declared}` ? [] : [`the tag is \`${tag}\`, and package.json has \`${declared}\``]),
  ...(built === declared ? [] : [`the build calls itself \`${built}\`, and package.json has \`${declared}\``]),
  ...otherVersions(declared, files).map(({ file, version }) => `${file} names \`${version}\``),
  ...changelogProblems(declared, changelog),
];

const changelogProblems = (declared: string, changelog: string): readonly string[] => {
  const entry = changelogEntries(changelog).find(({ version }) => version === declared);
  if (entry === undefined) return [`CHANGELOG.md has no \`## ${declared} - YYYY-MM-DD\``];
  return [
    ...(/^\d{4}-\d\d-\d\d$/.test(entry.date ?? "") ? [] : [`CHANGELOG.md has no day of the release of ${declared}`]),
    ...(entry.notes === "" ? [`CHANGELOG.md says nothing about ${declared}`] : []),
  ];
};
