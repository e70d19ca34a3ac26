import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../provision/find-program.js";

/** A certificate for 127.0.0.1 and localhost that nobody vouches for but itself. */
export type Certificate = { readonly certificateFile: string; readonly keyFile: string; readonly ca: string };

export const makeCertificate = (folder: string): Certificate => {
  const [certificateFile, keyFile] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const openssl = findProgram("openssl");
  if (openssl === undefined) throw new Error("openssl is not on the PATH: install it (Debian's package is openssl)");
  execFileSync(
    openssl,
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
      ...["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
      ...["-keyout", keyFile, "-out", certificateFile],
    ],
    { stdio: "ignore" },
  );
  return { certificateFile, keyFile, ca: readFileSync(certificateFile, "utf8") };
};
