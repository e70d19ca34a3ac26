import { ResourceNotFoundError } from "@modelcontextprotocol/server";
import type { KeptResults } from "../../kept-results.js";
import { inBackticks } from "../../language/visible.js";

/** What a client is told that asks for a result that is not kept, or no longer: the protocol's resource-not-found error. */
export const noResult = (uri: string, id: string, results: Pick<KeptResults, "lasting">): ResourceNotFoundError =>
  new ResourceNotFoundError(
    uri,
    `no result ${inBackticks(id)} is kept here: ${whyMissing(results)}; hint: run the command again and filter its output in the same call, or list the resources`,
  );

/** Why a result may be missing that an answer has named: where the workspace is this process's alone it may be out of reach. */
export const whyMissing = ({ lasting }: Pick<KeptResults, "lasting">): string =>
  lasting
    ? "newer ones may have taken its place, the workspace was emptied (a container's is, by a restart, where it is memory), or a replica has it that does not share this server's AWS_MCP_WORKDIR"
    : "newer ones may have taken its place, the server was restarted, or another replica has it";

/** The same for a page that the result does not have. */
export const noPage = (uri: string, page: string, pages: number): ResourceNotFoundError =>
  new ResourceNotFoundError(
    uri,
    `the result has no page ${inBackticks(page)}; hint: its pages are ${pages === 1 ? "1 alone" : `1 to ${pages}`}`,
  );
