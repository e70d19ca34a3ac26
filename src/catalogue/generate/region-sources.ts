import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** A region as botocore's `partitions.json` has it. */
export type ListedRegion = { readonly name: string; readonly description: string; readonly partition: string };

/** The public parameters below `/aws/service/global-infrastructure`, as far as they say where regions are and how services are called. */
export type Infrastructure = {
  /** The version of the package that holds the snapshot. */
  readonly version: string;
  /** Codes of ISO 3166-1 and 3166-2 by region. */
  readonly regions: ReadonlyMap<string, { readonly country: string; readonly subdivision: string }>;
  readonly services: ReadonlyMap<string, string>;
};

/** The regions of all partitions; `data` is the folder of botocore's models. */
export const readPartitions = (data: string): readonly ListedRegion[] => {
  const { partitions } = partitionsFile.parse(JSON.parse(readFileSync(join(data, "partitions.json"), "utf8")));
  return partitions.flatMap(({ id, regions }) =>
    Object.entries(regions)
      // `aws-global` and its like are where services without a region are asked, not places.
      .filter(([name]) => !name.endsWith("-global"))
      .map(([name, { description }]) => ({ name, description, partition: id })),
  );
};

/** The snapshot of the parameters that moto answers with; `moto` is the folder of the installed package. */
export const readInfrastructure = (moto: string): Infrastructure => {
  const version = /^__version__ = "([^"]+)"$/m.exec(readFileSync(join(moto, "__init__.py"), "utf8"))?.[1];
  if (version === undefined) throw new Error(`${moto} is no package of moto's`);
  const { regions } = regionsFile.parse(parameters(moto, "regions"));
  const { services } = servicesFile.parse(parameters(moto, "services"));
  return {
    version,
    regions: new Map(
      Object.entries(regions).map(([name, { geolocationCountry, geolocationRegion }]) => [
        name,
        { country: geolocationCountry.Value, subdivision: geolocationRegion.Value },
      ]),
    ),
    services: new Map(
      Object.entries(services).flatMap(([id, { longName }]) => (longName === undefined ? [] : [[id, longName.Value]])),
    ),
  };
};

const partitionsFile = z.object({
  partitions: z.array(
    z.object({ id: z.string(), regions: z.record(z.string(), z.object({ description: z.string() })) }),
  ),
});

const value = z.object({ Value: z.string() });
const regionsFile = z.object({
  regions: z.record(z.string(), z.object({ geolocationCountry: value, geolocationRegion: value })),
});
const servicesFile = z.object({ services: z.record(z.string(), z.object({ longName: value.optional() })) });

const parameters = (moto: string, name: string): unknown => {
  const text = gunzipSync(readFileSync(join(moto, "ssm", "resources", `${name}.json.gz`))).toString("utf8");
  return tree.parse(JSON.parse(text)).aws.service["global-infrastructure"];
};

const tree = z.object({ aws: z.object({ service: z.object({ "global-infrastructure": z.unknown() }) }) });
