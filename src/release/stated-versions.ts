/** A version that a file gives as this package's own, where it is not the one that counts. */
export type OtherVersion = { readonly file: string; readonly version: string };

/** What of `files` (path to text) names another version of this package, its image or its bundle than `version`. */
export const otherVersions = (version: string, files: ReadonlyMap<string, string>): readonly OtherVersion[] =>
  [...files].flatMap(([file, text]) =>
    [...new Set([...namedIn(text), ...(file.endsWith(".json") ? declaredIn(JSON.parse(text)) : [])])]
      .filter((named) => named !== version)
      .map((named) => ({ file, version: named })),
  );

const namedIn = (text: string): readonly string[] =>
  NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map(([, version = ""]) => version));

const NAMED = [
  // `ghcr.io/awspipe/awspipe:1.2.3`, and the same in a kustomization
  /\bghcr\.io\/awspipe\/awspipe(?::|\s+newTag:\s*"?)(\d[\w.-]*\w)/g,
  // `npx awspipe@1.2.3`
  /(?<![\w@/-])awspipe@(\d[\w.+-]*\w)/g,
  // in the commands that a page gives
  /\bVERSION=v?(\d[\w.-]*\w)/g,
];

/**
 * The `version` of a manifest and of its packages, which are a list in the MCP registry's server.json and by path in
 * npm's lock file, where this package is the one without a path.
 */
const declaredIn = (manifest: unknown): readonly string[] => {
  if (typeof manifest !== "object" || manifest === null) return [];
  const packages = "packages" in manifest && typeof manifest.packages === "object" ? manifest.packages : null;
  const own = Array.isArray(packages) ? packages : packages !== null && "" in packages ? [packages[""]] : [];
  return [manifest, ...own].flatMap(versionOf);
};

const versionOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null && "version" in value && typeof value.version === "string"
    ? [value.version]
    : [];
