const GLOBAL = ["iam", "cloudfront", "organizations", "route53", "route53domains", "globalaccelerator", "shield"];

/** Whether a service, by its name, has no regions; CloudTrail keeps its events, and the tagging API its tags, in N. Virginia. */
export const isGlobal = (name: string): boolean => GLOBAL.includes(name);
