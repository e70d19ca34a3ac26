import { needProgram } from "../provision/needs.js";
import { type Nginx, type NginxOptions, startNginxProcess } from "./nginx-process.js";

/** Debian's nginx with `deploy/nginx/awspipe.conf`, for a test. */
export const startNginx = (options: NginxOptions): Promise<Nginx> =>
  startNginxProcess({ nginx: needProgram("nginx"), setpriv: needProgram("setpriv") }, options);
