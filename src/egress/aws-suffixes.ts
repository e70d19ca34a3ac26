/**
 * The domains below which AWS has its endpoints: `dnsSuffix` and `dualStackDnsSuffix` of every partition in botocore's
 * `partitions.json` (AWS CLI 2.36). A test compares them with the file that the CLI brings.
 */
export const AWS_SUFFIXES: readonly string[] = [
  "amazonaws.com",
  "api.aws",
  "amazonaws.com.cn",
  "api.amazonwebservices.com.cn",
  "amazonaws.eu",
  "api.amazonwebservices.eu",
  "c2s.ic.gov",
  "api.aws.ic.gov",
  "sc2s.sgov.gov",
  "api.aws.scloud",
  "cloud.adc-e.uk",
  "api.cloud-aws.adc-e.uk",
  "csp.hci.ic.gov",
  "api.aws.hci.ic.gov",
];

/**
 * Hosts outside those domains that an endpoint rule set of botocore names. Most of `on.aws` is customers' (function
 * URLs, clusters), so that the names are spelled out. Those of `signin` are left out: a command that signs in is refused.
 */
export const AWS_HOSTS_ELSEWHERE: readonly RegExp[] = [
  // neptune-graph, dual stack; its operations put the graph's identifier before the host
  /^(?:[a-z0-9-]+\.)?neptune-graph\.[a-z]+(?:-[a-z]+)+-[0-9]+\.on\.aws$/,
];
