import { hashToken } from "../http/auth/tokens/hash-token.js";
import { newToken } from "../http/auth/tokens/new-token.js";
import { TOKEN_NAME, TOKEN_NAME_SAYS, tokenLine } from "../http/auth/tokens/token-entry.js";

/**
 * Makes a token for `NAME`, which may write unless `--read` is given. The secret alone goes to stdout, once; stderr gets the
 * line for the token file, and what to do with it as a comment of that file: `awspipe token ci > secret 2>> tokens` is whole.
 */
export const tokenCommand = (args: readonly string[]): number => {
  const [name, ...more] = args.filter((word) => word !== "--read");
  const reads = args.filter((word) => word === "--read");
  if (name === undefined || more.length > 0 || reads.length > 1)
    throw new Error("name the token, as in `awspipe token ci`, with `--read` where it may only read");
  if (!TOKEN_NAME.test(name)) throw new Error(`a token's name is ${TOKEN_NAME_SAYS}`);
  const token = newToken();
  const line = tokenLine(name, reads.length === 0 ? "write" : "read", hashToken(token));
  process.stdout.write(`${token}\n`);
  process.stderr.write(
    `# add the next line to the file that AWS_MCP_TOKEN_FILE names; the token itself, on stdout, is not shown again\n${line}\n`,
  );
  return 0;
};
