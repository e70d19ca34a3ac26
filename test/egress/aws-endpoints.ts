import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Every host that the AWS CLI's own endpoint rules can make, with plausible words where a rule has a variable. */
export const ruledHosts = (aws: string): readonly string[] => {
  const hosts = new Set<string>();
  for (const service of services(aws)) {
    for (const url of urls(service.rules)) for (const host of filled(url)) hosts.add(host);
    for (const prefix of service.prefixes)
      for (const host of [...filled(`https://${prefix}{service}.{Region}.{PartitionResult#dnsSuffix}`)])
        hosts.add(host);
  }
  return [...hosts].sort();
};

/** Both suffixes of every partition. */
export const partitionSuffixes = (aws: string): readonly string[] =>
  partitions(aws).flatMap(({ outputs }) => [outputs.dnsSuffix, outputs.dualStackDnsSuffix]);

type Partition = {
  readonly outputs: {
    readonly dnsSuffix: string;
    readonly dualStackDnsSuffix: string;
    readonly implicitGlobalRegion: string;
  };
};

const dataOf = (aws: string): string => join(dirname(aws), "awscli", "botocore", "data");

const partitions = (aws: string): readonly Partition[] =>
  JSON.parse(readFileSync(join(dataOf(aws), "partitions.json"), "utf8")).partitions;

const services = (aws: string) =>
  readdirSync(dataOf(aws), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(dataOf(aws), name)).map((version) => join(dataOf(aws), name, version)))
    .filter((folder) => existsSync(join(folder, "endpoint-rule-set-1.json")))
    .map((folder) => ({
      rules: read(join(folder, "endpoint-rule-set-1.json")),
      prefixes: prefixes(read(join(folder, "service-2.json"))),
    }));

const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

const urls = (rules: unknown): readonly string[] => {
  if (typeof rules !== "object" || rules === null) return [];
  const inner = Object.values(rules).flatMap(urls);
  const own = "endpoint" in rules ? rules.endpoint : undefined;
  const url = typeof own === "object" && own !== null && "url" in own ? own.url : undefined;
  return typeof url === "string" && url.startsWith("https://") && !url.includes("url#") ? [url, ...inner] : inner;
};

const prefixes = (model: unknown): readonly string[] =>
  [...JSON.stringify(model).matchAll(/"hostPrefix":"([^"]+)"/g)].map(([, prefix = ""]) => prefix);

const filled = (url: string): readonly string[] => {
  const suffixes = [
    ["amazonaws.com", "api.aws", "us-east-1"],
    ["amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-north-1"],
    ["csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"],
  ];
  return suffixes.map(([plain = "", dual = "", region = ""]) => {
    const words: Readonly<Record<string, string>> = { dnsSuffix: plain, dualStackDnsSuffix: dual };
    const word = (name: string): string => words[name.replace(/^.*#/, "")] ?? (/region/i.test(name) ? region : "x1");
    return url.replace(/\{([^}]+)\}/g, (_, name: string) => word(name)).replace(/^https:\/\/([^/]*).*$/, "$1");
  });
};
