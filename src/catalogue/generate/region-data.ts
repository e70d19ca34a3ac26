import { z } from "zod";

/** Where a region is. What neither AWS nor the lists of places say is null, with the reason. */
const place = z.strictObject({
  continent: z.string().nullable(),
  country: z.string().nullable(),
  /** A state, a province or a county: ISO 3166-2. */
  subdivision: z.string().nullable(),
  city: z.string().nullable(),
  reason: z.string().optional(),
});

const schema = z.strictObject({
  /** Where each part comes from, and in which version. */
  sources: z.strictObject({
    regions: z.string(),
    places: z.string(),
    continents: z.string(),
    countries: z.string(),
    subdivisions: z.string(),
    cities: z.string(),
  }),
  regions: z.record(z.string(), z.strictObject({ name: z.string(), partition: z.string(), place })),
  /** The names of services by the id that AWS's public parameters have for them. */
  services: z.record(z.string(), z.string()),
});

/** What is known of AWS's regions without asking AWS; `grammar/aws/regions.json` holds it and `generate/` makes it. */
export type RegionData = z.infer<typeof schema>;

export type KnownPlace = z.infer<typeof place>;

/** Reads the file. Throws where it is not what the generator of this version writes. */
export const parseRegionData = (json: string): RegionData => schema.parse(JSON.parse(json));
