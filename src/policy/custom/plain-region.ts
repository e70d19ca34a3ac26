/** The region that a name stands for: the CLI takes `fips-` and `-fips` out of it (botocore.args, `_resolve_endpoint`). */
export const plainRegion = (name: string): string => name.replaceAll("fips-", "").replaceAll("-fips", "");

/** Whether a text as a whole has the form of a region's name. */
export const isRegion = (text: string): boolean => /^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}$/.test(plainRegion(text));
