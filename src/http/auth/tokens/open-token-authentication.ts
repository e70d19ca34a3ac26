import { err, ok } from "../../../language/result.js";
import { authInfoOf } from "../auth-info.js";
import type { Authentication } from "../authentication.js";
import { bearerAuthentication, type TokenCheck } from "../bearer-authentication.js";
import { matchToken } from "./match-token.js";
import { hasTokenForm } from "./new-token.js";
import { readTokenFile } from "./read-token-file.js";
import type { TokenEntries } from "./token-entry.js";
import { writeRandomToken } from "./write-random-token.js";

/**
 * Authentication by tokens that do not expire: those of the operator's file, or where there is none one that is made now.
 *
 * @param file absolute path of the operator's file
 * @param directory absolute path of the directory for the token that is made
 */
export const openTokenAuthentication = (file: string | undefined, directory: string): Authentication => {
  if (file !== undefined) {
    const entries = readTokenFile(file);
    return { ...of(entries), says: { auth: "token-file", token_file: file, principals: entries.length } };
  }
  const { path, entry } = writeRandomToken(directory);
  return { ...of([entry]), says: { auth: "random-token", token_file: path, principals: 1 } };
};

const of = (entries: TokenEntries): Omit<Authentication, "says"> => ({
  authenticate: bearerAuthentication(tokenCheck(entries), { scopes: [] }),
  metadata: () => undefined,
});

const tokenCheck =
  (entries: TokenEntries): TokenCheck =>
  async (token) => {
    if (!hasTokenForm(token)) return invalid("the token is none that `awspipe token` makes");
    const entry = matchToken(entries, token);
    return entry === undefined ? invalid("the token is none of this server's") : ok(authInfoOf(entry.principal));
  };

const invalid = (message: string): Awaited<ReturnType<TokenCheck>> => err({ kind: "invalid-token", message });
