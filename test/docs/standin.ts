import { createServer, type Server } from "node:http";

/** A stand-in for AWS with one answer for whatever is asked, and what a server needs to ask it. */
export type Standin = { readonly environment: Readonly<Record<string, string>>; readonly stop: () => void };

/** Answers with an error as AWS's query services write them (IAM and STS API references, "Common errors"). */
export const failing = (code: string, message: string): Promise<Standin> =>
  start(
    403,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );

/** Knows whose the keys are, and answers everything as if that had been asked (STS API reference, GetCallerIdentity). */
export const knowing = (account: string): Promise<Standin> => {
  const result = `<Arn>arn:aws:iam::${account}:user/dev</Arn><UserId>AIDA</UserId><Account>${account}</Account>`;
  return start(
    200,
    `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
};

const start = async (status: number, body: string): Promise<Standin> => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  });
  const port = await listening(server);
  return {
    environment: {
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address !== "object" || address === null) throw new Error("a server on TCP has a port");
      resolve(address.port);
    }),
  );
