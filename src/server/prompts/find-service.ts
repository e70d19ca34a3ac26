import { nearest } from "../../catalogue/nearest.js";
import type { Catalogue, ServiceModel } from "../../catalogue/service-table.js";
import { FREQUENT, SERVICE_NAMES, SERVICE_WORDS } from "./service-names.js";

/** A service that somebody named. */
export type Service = {
  /** By which the prompts know it, as `s3`, `vpc` and `configservice`. */
  readonly name: string;
  /** The word after `aws` that has its operations, as `s3api`, `ec2` and `configservice`. */
  readonly word: string;
  readonly model: ServiceModel;
};

/**
 * The service that a person means: `S3`, `Amazon EC2`, `s3-bucket`, `AWS::Lambda::Function`, `cloudwatch logs`, `config`.
 * Nothing where the catalogue has none like it, also for commands that are no service, as `configure`.
 */
export const findService = (text: string, catalogue: Catalogue): Service | undefined => {
  if (!/^\s*[A-Za-z0-9][\w :-]{0,63}$/.test(text)) return undefined;
  const words = text
    .toLowerCase()
    .replace(/^(?:amazon|aws)(?: |::)/, "")
    .split(/[\s_:-]+/)
    .filter((word) => word !== "");
  // The end is left out word by word: `s3-bucket`, `lambda functions`.
  for (let count = words.length; count > 0; count--) {
    const found = named(words.slice(0, count), catalogue);
    if (found !== undefined) return found;
  }
  return undefined;
};

const named = (words: readonly string[], catalogue: Catalogue): Service | undefined => {
  const [hyphens, joined] = [words.join("-"), words.join("")];
  for (const each of [hyphens, joined, hyphens.replace(/s$/, "")]) {
    const service = serviceOf(Object.hasOwn(SERVICE_NAMES, each) ? (SERVICE_NAMES[each] ?? each) : each, catalogue);
    if (service !== undefined) return service;
  }
  return undefined;
};

const serviceOf = (name: string, catalogue: Catalogue): Service | undefined => {
  const word = Object.hasOwn(SERVICE_WORDS, name) ? (SERVICE_WORDS[name] ?? name) : name;
  const model = catalogue.services.includes(word) ? catalogue.service(word)?.model : undefined;
  return model === undefined ? undefined : { name, word, model };
};

/** The names most like a text that is none, at most three. */
export const nearestServices = (text: string, catalogue: Catalogue): readonly string[] =>
  nearest(text.toLowerCase().slice(0, 64), serviceNames(catalogue));

/** Every name of a service, those that are asked about most first. */
export const serviceNames = (catalogue: Catalogue): readonly string[] => {
  const others = catalogue.services.filter((name) => !FREQUENT.includes(name) && !COMMANDS.includes(name));
  return [...FREQUENT, ...others.filter((name) => !Object.values(SERVICE_WORDS).includes(name))];
};

/** What people call services besides their names, where it begins with a text that is not empty; case does not matter. */
export const otherNames = (text: string): readonly string[] => {
  const wanted = text.trim().toLowerCase();
  return wanted === "" ? [] : Object.keys(SERVICE_NAMES).filter((name) => name.startsWith(wanted));
};

// Words after `aws` without an API; their files need not be read to know it.
const COMMANDS = ["agent-toolkit", "cli-dev", "configure", "ddb", "history", "login", "logout", "update"];
