import type { File } from "./files.js";

/** What a part of the image takes. */
export type Component = { readonly name: string; readonly bytes: number; readonly files: number };

// The first that fits counts.
const COMPONENTS: readonly (readonly [name: string, paths: RegExp])[] = [
  ["the AWS CLI: models of the services", /^usr\/local\/aws-cli\/.*\/botocore\/data\//],
  ["the AWS CLI: Python, its modules and all else", /^usr\/local\/aws-cli\//],
  ["Node", /^usr\/local\/bin\/node$/],
  ["awspipe: its dependencies", /^app\/node_modules\//],
  ["awspipe: programs, grammars and the catalogue", /^app\//],
  ["Debian: libraries", /^usr\/lib(?:64)?\/(?!.*\/gconv\/|locale\/)/],
  ["Debian: encodings, time zones, formats, authorities", /^usr\/(?:lib|share\/(?!doc))|^etc\/ssl\//],
  ["Debian: programs", /^usr\/bin\//],
  ["Debian: licences, list of packages, settings", /./],
];

/** The parts of the image, each with the bytes and the number of its files, the largest first. */
export const componentsOf = (files: readonly File[]): readonly Component[] => {
  const nameOf = ({ path }: File): string => COMPONENTS.find(([, paths]) => paths.test(path))?.[0] ?? "";
  return COMPONENTS.map(([name]) => {
    const own = files.filter((file) => file.mode.startsWith("-") && nameOf(file) === name);
    return { name, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0), files: own.length };
  }).sort((a, b) => b.bytes - a.bytes);
};

/** The same as a table in Markdown, with its sum. */
export const sizeTable = (components: readonly Component[]): string => {
  const all = {
    name: "all",
    bytes: components.reduce((sum, { bytes }) => sum + bytes, 0),
    files: components.reduce((sum, { files }) => sum + files, 0),
  };
  const rows = [...components, all].map(
    ({ name, bytes, files }) => `| ${name} | ${(bytes / 1e6).toFixed(1)} | ${files.toLocaleString("en")} |`,
  );
  return ["| part | MB | files |", "| --- | ---: | ---: |", ...rows].join("\n");
};
