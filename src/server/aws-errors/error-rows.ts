import { connectionRows } from "../../executor/aws-errors/connection-rows.js";
import { credentialRows } from "../../executor/aws-errors/credential-rows.js";
import type { ErrorRow } from "../../executor/aws-errors/error-row.js";
import { loadRows } from "../../executor/aws-errors/load-rows.js";
import { deniedRows } from "./denied-rows.js";
import { notFoundRows } from "./not-found-rows.js";
import { requestRows } from "./request-rows.js";

/** All that is told apart. The order decides where the patterns of two rows have the same code. */
export const errorRows: readonly ErrorRow[] = [
  ...credentialRows,
  ...deniedRows,
  ...loadRows,
  ...connectionRows,
  ...notFoundRows,
  ...requestRows,
];
