import { expect } from "vitest";
import { CHECK, eras, postCall } from "./mcp-requests.js";
import { sendRaw } from "./raw-http.js";
import type { HttpServer } from "./start-http-server.js";

export const bearer = ({ token }: HttpServer) => (token === undefined ? {} : { authorization: `Bearer ${token}` });

/** The status with which a call of either era is answered that has these headers besides its own. */
export const statusFor = async (server: HttpServer, headers: Readonly<Record<string, string | undefined>>) => {
  const statuses = eras.map(async (era) => {
    const bytes = postCall(era, CHECK, { ...bearer(server), ...headers });
    return (await sendRaw(server.port, bytes)).status;
  });
  const [first, ...others] = await Promise.all(statuses);
  expect(others).toEqual([first]);
  return first;
};
