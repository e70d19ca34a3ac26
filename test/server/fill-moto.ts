import type { Moto } from "../provision/start-moto.js";

/** Makes a few buckets, objects and users by plain requests; the stand-in looks at the service in the credential's scope only. */
export const fillMoto = async ({ endpoint }: Moto): Promise<void> => {
  for (const bucket of ["invoices", "logs-2026", "website"]) await request(endpoint, "s3", `/${bucket}`, "PUT", "");
  await request(endpoint, "s3", "/website/index.html", "PUT", "<p>hello</p>");
  for (const user of ["carol", "alice", "bob"])
    await request(endpoint, "iam", "/", "POST", `Action=CreateUser&UserName=${user}&Version=2010-05-08`);
};

const request = async (
  endpoint: string,
  service: string,
  path: string,
  method: string,
  body: string,
): Promise<void> => {
  const scope = `Credential=testing/20260101/us-east-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none`;
  const type = service === "s3" ? "text/html" : "application/x-www-form-urlencoded";
  const headers = { authorization, "content-type": type };
  const response = await fetch(`${endpoint}${path}`, { method, headers, ...(body === "" ? {} : { body }) });
  if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${await response.text()}`);
};
