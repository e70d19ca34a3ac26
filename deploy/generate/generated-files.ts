import { bundleManifest } from "./bundle-manifest.js";
import { clientFiles } from "./client-files.js";
import { clientsPage } from "./clients-page.js";
import { jsonText } from "./json-text.js";
import { registryEntry } from "./registry-entry.js";
import { serverOffers } from "./server-offers.js";

/** A file of this repository that nobody writes by hand; its path is relative to the repository. */
export type GeneratedFile = { readonly path: string; readonly text: string };

/**
 * Everything about clients, registry and bundle that follows from the settings, from package.json, from the table of clients
 * and from what the server offers.
 *
 * @param server path of the built program
 */
export const generatedFiles = async (server: string): Promise<readonly GeneratedFile[]> => [
  ...clientFiles().map(({ name, text }) => ({ path: `deploy/clients/${name}`, text })),
  { path: "docs/clients.md", text: clientsPage() },
  { path: "server.json", text: jsonText(registryEntry()) },
  { path: "deploy/mcpb/manifest.json", text: jsonText(bundleManifest(await serverOffers(server))) },
];
