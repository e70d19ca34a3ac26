/** How a stage reaches the proxy. */
export type ProxyAddress = {
  readonly port: number;
  /** What it has to present. */
  readonly token: string;
  /** Says in the proxy's events which run it was. */
  readonly run: string;
};

/**
 * The variables that lead every connection of an aws stage through the proxy. Both cases are set, since readers differ
 * in which they prefer; an empty `NO_PROXY` makes no exception, not even for loopback. Tried with AWS CLI 2.36: https and
 * http endpoints, and both of its transfer clients for s3.
 */
export const proxyEnvironment = ({ port, token, run }: ProxyAddress): Readonly<Record<string, string>> => {
  const url = `http://${run}:${token}@127.0.0.1:${port}`;
  return { HTTPS_PROXY: url, https_proxy: url, HTTP_PROXY: url, http_proxy: url, NO_PROXY: "", no_proxy: "" };
};
