import { ResourceNotFoundError } from "@modelcontextprotocol/server";
import { inBackticks } from "../../language/visible.js";

/** What a client is told that asks for a result that is not kept, or no longer: the protocol's resource-not-found error. */
export const noResult = (uri: string, id: string): ResourceNotFoundError =>
  new ResourceNotFoundError(
    uri,
    `no result ${inBackticks(id)} is kept: newer ones may have taken its place; hint: list the resources, or run the command again`,
  );

/** The same for a page that the result does not have. */
export const noPage = (uri: string, page: string, pages: number): ResourceNotFoundError =>
  new ResourceNotFoundError(
    uri,
    `the result has no page ${inBackticks(page)}; hint: its pages are ${pages === 1 ? "1 alone" : `1 to ${pages}`}`,
  );
