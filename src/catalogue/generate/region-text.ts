import type { PlaceLists } from "./place-lists.js";
import type { RegionData } from "./region-data.js";
import { regionPlace } from "./region-place.js";
import type { Infrastructure, ListedRegion } from "./region-sources.js";

/** Everything that the file is made of. */
export type RegionSources = {
  /** The version of the AWS CLI that the regions are of. */
  readonly cli: string;
  readonly listed: readonly ListedRegion[];
  readonly infrastructure: Infrastructure;
  readonly lists: PlaceLists;
};

/** The text of `grammar/aws/regions.json`. The same sources give the same bytes. */
export const regionText = (sources: RegionSources): string => `${JSON.stringify(regionData(sources), undefined, 2)}\n`;

const regionData = ({ cli, listed, infrastructure, lists }: RegionSources): RegionData => ({
  sources: {
    regions: `AWS CLI ${cli}, partitions.json of its botocore`,
    places: `moto ${infrastructure.version}, snapshot of AWS's parameters /aws/service/global-infrastructure`,
    ...lists.versions,
  },
  regions: Object.fromEntries(
    listed.toSorted(byName).map((region) => {
      const { name, description, partition } = region;
      return [name, { name: description, partition, place: regionPlace(region, infrastructure, lists) }];
    }),
  ),
  services: Object.fromEntries([...infrastructure.services].sort(([a], [b]) => (a < b ? -1 : 1))),
});

const byName = (a: ListedRegion, b: ListedRegion): number => (a.name < b.name ? -1 : 1);
