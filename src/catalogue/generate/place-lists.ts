import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What lists of countries, subdivisions and cities say, by codes of ISO 3166. */
export type PlaceLists = {
  /** Each list and its version. */
  readonly versions: {
    readonly continents: string;
    readonly countries: string;
    readonly subdivisions: string;
    readonly cities: string;
  };
  readonly continent: (country: string) => string | undefined;
  readonly country: (country: string) => string | undefined;
  readonly subdivision: (subdivision: string) => string | undefined;
  readonly hasCity: (country: string, name: string) => boolean;
};

/** The lists of the installed packages, which are development packages: they are loaded on demand. */
export const loadPlaceLists = async (): Promise<PlaceLists> => {
  const { continents, countries } = await installed(() => import("countries-list"), "countries-list");
  const { iso31662 } = await installed(() => import("iso-3166"), "iso-3166");
  const { cityMapping } = await installed(() => import("city-timezones"), "city-timezones");
  const continentOf = new Map(Object.entries(countries).map(([code, { continent }]) => [code, continents[continent]]));
  const subdivisions = new Map(iso31662.map(({ code, name }) => [code, name]));
  const cities = new Set(cityMapping.map(({ iso2, city }) => `${iso2} ${plain(city)}`));
  const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  return {
    versions: {
      continents: versionOf("countries-list"),
      countries: `Unicode CLDR ${process.versions.cldr ?? "of an unknown version"}`,
      subdivisions: versionOf("iso-3166"),
      cities: versionOf("city-timezones"),
    },
    continent: (country) => continentOf.get(country),
    country: (country) => names.of(country),
    subdivision: (code) => subdivisions.get(code),
    hasCity: (country, name) => cities.has(`${country} ${plain(name)}`),
  };
};

const installed = async <T>(load: () => Promise<T>, name: string): Promise<T> => {
  try {
    return await load();
  } catch (cause) {
    throw new Error(`the regions need the package \`${name}\`; install it beside awspipe`, { cause });
  }
};

/** `Zürich` and `Zurich` are one city, and so are `Tel Aviv-Yafo` and `Tel Aviv`. */
const plain = (name: string): string =>
  (name.split("-", 1)[0] ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Not every package lets others import its package.json.
const versionOf = (name: string): string => {
  const main = createRequire(import.meta.url).resolve(name);
  for (let folder = dirname(main); folder !== dirname(folder); folder = dirname(folder)) {
    const read = packageAt(folder);
    if (read?.name === name) return `${name} ${read.version}`;
  }
  throw new Error(`${name} has no package.json above ${main}`);
};

const packageAt = (folder: string): { readonly name?: string; readonly version?: string } | undefined => {
  try {
    // Every package.json is an object, and the names of the two members are npm's.
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: string; version?: string };
  } catch {
    return undefined; // none here: the package's own is further up
  }
};
