import type { JsonObject } from "./json-text.js";
import type { Server, Spelling, Way } from "./servers.js";

/** A program that people use MCP servers with, and how it is told of one. */
export type Client = {
  /** Part of file names. */
  readonly id: string;
  readonly name: string;
  readonly ways: readonly [Way, ...Way[]];
  readonly spelling: Spelling;
  /** The whole file, with one server in it. */
  readonly file: (server: Server) => JsonObject;
  /** Where the file lies. */
  readonly place: string;
  /** How a person sees that it works. */
  readonly check: string;
  /** Whether a person can be asked (elicitation), as far as a source says. */
  readonly asks: string;
  /** What else there is to know. */
  readonly notes: readonly string[];
  /** Where all of this is said. */
  readonly sources: readonly [string, ...string[]];
};

const underMcpServers = (server: JsonObject): JsonObject => ({ mcpServers: { awspipe: server } });

const withoutEmpty = ({ env, ...program }: JsonObject & { readonly env: JsonObject }): JsonObject =>
  Object.keys(env).length === 0 ? program : { ...program, env };

/** `{ command, args, env }` and, over HTTP, what the client calls an address; `kind` is never part of a file. */
const plain =
  (typed: boolean, url: "url" | "serverUrl") =>
  (server: Server): JsonObject => {
    switch (server.kind) {
      case "stdio": {
        const { kind, ...program } = server;
        return underMcpServers({ ...(typed ? { type: kind } : {}), ...withoutEmpty(program) });
      }
      case "http":
        return underMcpServers({ ...(typed ? { type: server.kind } : {}), [url]: server.url, headers: server.headers });
    }
  };

/** VS Code's own form: `servers`, and `inputs` for what is asked of the person once and kept safe. */
const visualStudioCode = (server: Server): JsonObject => {
  switch (server.kind) {
    case "stdio": {
      const { kind, ...program } = server;
      return { servers: { awspipe: { type: kind, ...withoutEmpty(program) } } };
    }
    case "http": {
      const { kind, ...place } = server;
      const token = { type: "promptString", id: "awspipe-token", description: "awspipe token", password: true };
      return { inputs: [token], servers: { awspipe: { type: kind, ...place } } };
    }
  }
};

const SESSIONS =
  "over HTTP only where the server has sessions (`AWS_MCP_HTTP_SESSIONS=on`, as in compose.yaml), since the client speaks a protocol of 2025";

/** Every client that has files here; the only place where they are told apart. */
export const CLIENTS: readonly Client[] = [
  {
    id: "claude-desktop",
    name: "Claude Desktop",
    ways: ["docker"],
    spelling: { home: "/Users/you", token: "" },
    file: plain(false, "url"),
    place:
      "`~/Library/Application Support/Claude/claude_desktop_config.json` on macOS, `%APPDATA%\\Claude\\claude_desktop_config.json` on Windows; Settings, Developer, Edit Config opens it",
    check:
      "quit Claude and start it anew; Settings, Developer shows `awspipe` as running, and its log lies in `~/Library/Logs/Claude/mcp-server-awspipe.log` (macOS) or `%APPDATA%\\Claude\\logs` (Windows)",
    asks: "no: it declares no elicitation, so that what would be asked is refused with a hint",
    notes: [
      "The file has no variables: put your own home folder in the place of `/Users/you`.",
      "Servers that listen are no part of this file. Claude reaches them as custom connectors from Anthropic's own network, with OAuth: a server on this machine is out of its reach.",
      "Claude Desktop is for macOS and Windows and the server for Linux, so the container is the way; the bundle (`npm run mcpb`) is for clients on Linux.",
    ],
    sources: [
      "https://modelcontextprotocol.io/docs/develop/connect-local-servers",
      "https://support.claude.com/en/articles/11175166-getting-started-with-custom-connectors-using-remote-mcp",
      "https://github.com/anthropics/claude-code/issues/96043",
    ],
  },
  {
    id: "claude-code",
    name: "Claude Code",
    ways: ["docker", "npx", "http"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client replaces it
    spelling: { home: "${HOME}", token: "${AWSPIPE_TOKEN}" },
    file: plain(true, "url"),
    place:
      "`.mcp.json` in a project's folder, shared with it; for yourself alone `claude mcp add-json --scope user awspipe '…'` with what stands under `awspipe`",
    check: "`claude mcp list` says `awspipe: … Connected`; in a session `/mcp` shows its tools",
    asks: `yes, since 2.1.76: a form in the session; ${SESSIONS}`,
    notes: [
      "`AWSPIPE_TOKEN` is taken from the environment that `claude` is started in; versions before 2.1.119 send the name instead of it.",
      "A project's server is used only after you have agreed to it once.",
    ],
    sources: ["https://code.claude.com/docs/en/mcp", "https://code.claude.com/docs/en/changelog"],
  },
  {
    id: "cursor",
    name: "Cursor",
    ways: ["docker", "npx", "http"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client replaces it
    spelling: { home: "${userHome}", token: "${env:AWSPIPE_TOKEN}" },
    file: (server) => plain(server.kind === "stdio", "url")(server),
    place: "`~/.cursor/mcp.json`, or `.cursor/mcp.json` in a project's folder",
    check:
      "Settings, Features, Model Context Protocol lists `awspipe` and its tools; the output panel's MCP Logs say why not",
    asks: `yes: its documentation lists elicitation as supported; ${SESSIONS}`,
    notes: ["`AWSPIPE_TOKEN` is taken from the environment that Cursor is started in."],
    sources: ["https://cursor.com/docs/mcp"],
  },
  {
    id: "vscode",
    name: "VS Code",
    ways: ["docker", "npx", "http"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client replaces it
    spelling: { home: "${userHome}", token: "${input:awspipe-token}" },
    file: visualStudioCode,
    place: "`.vscode/mcp.json` in a workspace; for yourself alone the command `MCP: Open User Configuration`",
    check:
      "the command `MCP: List Servers`, `awspipe`, Show Output; the tools are in the picker of the chat's agent mode",
    asks: `yes, since 1.102; ${SESSIONS}`,
    notes: ["The token is asked for when the server is first used, and kept in VS Code's secret storage."],
    sources: [
      "https://code.visualstudio.com/docs/copilot/reference/mcp-configuration",
      "https://code.visualstudio.com/updates/v1_102",
    ],
  },
  {
    id: "windsurf",
    name: "Windsurf",
    ways: ["docker", "npx", "http"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client replaces it
    spelling: { home: "${env:HOME}", token: "${env:AWSPIPE_TOKEN}" },
    file: plain(false, "serverUrl"),
    place: "`~/.codeium/windsurf/mcp_config.json`",
    check: "the MCPs icon of the Cascade panel lists `awspipe` and its tools",
    asks: "not known: its documentation names tools, resources and prompts, and says nothing of elicitation; where it cannot, what would be asked is refused with a hint",
    notes: ["`AWSPIPE_TOKEN` is taken from the environment that Windsurf is started in."],
    sources: ["https://docs.windsurf.com/windsurf/cascade/mcp"],
  },
];
