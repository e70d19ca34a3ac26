/** What `awspipe --help` prints. */
export const usage = async (): Promise<string> => {
  const { settingRows } = await import("../settings.js");
  const settings = settingRows.map(
    ({ name, default: value, says }) => `  ${name.padEnd(26)}${value.padEnd(10)}${says}`,
  );
  return `${[
    "usage: awspipe serve                      the MCP server, on stdio or over HTTP",
    "       awspipe run [--json] COMMAND       a command; its output, its exit status",
    "       awspipe check [--json] COMMAND     the verdict, nothing runs: 0 allow, 3 ask, 4 deny, 2 problem",
    "       awspipe check --explain COMMAND    the same, and in words what would run, stage by stage",
    "       awspipe check --stdin              NDJSON in ({id, command}), NDJSON out",
    "       awspipe policy test FILE           a policy's examples and tests: 0 all pass, 1 some fail, 2 no policy",
    "       awspipe policy schema              the JSON Schema of a policy file",
    "       awspipe token NAME [--read]        a new bearer token for HTTP; its line for AWS_MCP_TOKEN_FILE on stderr",
    "       awspipe audit verify FILE|FOLDER   whether an audit log is what was written: 0 intact, 1 broken, 2 unreadable, 64 misused",
    "         … --last HASH                    and whether one of its lines has this hash, kept from an earlier time",
    "       awspipe catalogue --from PATH      the commands of another AWS CLI, for a checkout",
    "       awspipe doctor                     what was found on this machine",
    "       awspipe health                     whether the server here takes requests over HTTP: 0 yes or stdio, 1 no",
    "",
    "settings, from the environment, with their defaults:",
    ...settings,
  ].join("\n")}\n`;
};
