import { type ClientFile, clientFiles } from "./client-files.js";
import { CLIENTS, type Client } from "./clients.js";
import { PUBLISHED, packageFacts } from "./published.js";

/** `docs/clients.md`: how each client is told of the server, from the table of clients. */
export const clientsPage = (): string => {
  const { version, engines } = packageFacts();
  const files = clientFiles();
  const sections = CLIENTS.map((client) =>
    section(
      client,
      files.filter((file) => file.client === client),
    ),
  );
  return `${head(version, engines.node)}\n${sections.join("\n")}`;
};

const head = (version: string, node: string): string => `# Clients

Files for each client and each way to the server lie in [deploy/clients](../deploy/clients). They and this page are made by \`npm run docs\`; a test starts
what they start. Put what stands under \`awspipe\` into the file that your client has already.

| way | what it takes |
| --- | --- |
| \`docker\` | Docker on a kernel with Landlock of Linux 6.2 or later (\`docker run --rm ${PUBLISHED.image}:${version} doctor\` says). \`--user\` is whose \`~/.aws\` it reads, and \`uid\` in \`--tmpfs\` says the same once more: on Linux put \`id -u\` there if it is not 1000; on macOS and Windows any number does. Podman has no \`uid\` there: write \`--mount=type=tmpfs,destination=/workspace,tmpfs-mode=0700,tmpfs-size=256m,U=true\` for that line and add \`--userns=keep-id\` |
| \`npx\` | Linux, Node ${node}, the AWS CLI v2, and what confines filters: util-linux 2.41 or bubblewrap. \`npx -y ${PUBLISHED.package}@${version} doctor\` says what is missing |
| \`http\` | a server that runs, as [compose.yaml](../deploy/compose.yaml) starts one, and a token of it |

\`AWS_PROFILE\` names the profile that the server acts as. Every other setting of the [README](../README.md#settings) can stand beside it: under \`env\`, or as
one more \`--env=NAME=value\` before the image. In a container a single sign-on is renewed outside, by \`aws sso login\`, and what the server caches goes with it.

Where a person has to agree the server asks through the client (elicitation). A client that cannot show a question gets a refusal that says so; a client that
confirms every call itself can be told of by \`AWS_MCP_APPROVAL=client\`, which lets such commands run with a warning.
`;

const section = (client: Client, files: readonly ClientFile[]): string =>
  [
    `## ${client.name}`,
    `- **File**: ${client.place}\n- **Check**: ${client.check}\n- **Can ask a person**: ${client.asks}`,
    client.notes.join("\n\n"),
    ...files.map(shown),
    `Sources: ${client.sources.map((url) => `<${url}>`).join(", ")}\n`,
  ].join("\n\n");

const shown = ({ way, name, text }: ClientFile): string =>
  `[${name}](../deploy/clients/${name}), by ${WAY_NAMES[way]}:\n\n\`\`\`json\n${text}\`\`\``;

const WAY_NAMES: { readonly [Way in ClientFile["way"]]: string } = {
  docker: "a container over stdio",
  npx: "npx over stdio",
  http: "HTTP with a token",
};
