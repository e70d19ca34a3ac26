/** Settings for a stand-in of the AWS CLI that writes down what it was asked, which no confined stage could. */
export const UNCONFINED = { AWS_MCP_SANDBOX: "off", AWS_MCP_EGRESS: "off" } as const;
