#!/usr/bin/env node
import { usage } from "./commands/usage.js";

/** Exit status of a command line that makes no sense, as getopt programs have it. */
const EXIT_USAGE = 64;

// Each command is loaded when it is asked for: a check does not pay for the server, nor the server for the doctor.
const main = async ([command, ...args]: readonly string[]): Promise<number> => {
  switch (command) {
    case "serve":
      return (await import("./commands/serve.js")).serve(args);
    case "run":
      return (await import("./commands/run.js")).run(args);
    case "check":
      return (await import("./commands/check.js")).checkCommand(args);
    case "doctor":
      return (await import("./commands/doctor.js")).doctor();
    case "policy":
      return (await import("./commands/policy.js")).policyCommand(args);
    case "health":
      return (await import("./commands/health.js")).health(args);
    case "token":
      return (await import("./commands/token.js")).tokenCommand(args);
    case "audit":
      return (await import("./commands/audit.js")).auditCommand(args);
    case "catalogue":
      return (await import("./commands/catalogue.js")).catalogue(args);
    case "--version":
      process.stdout.write(`${(await import("./version.js")).version()}\n`);
      return 0;
    case "help":
    case "--help":
      process.stdout.write(await usage());
      return 0;
    default:
      process.stderr.write(await usage());
      return EXIT_USAGE;
  }
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    process.stderr.write(`awspipe: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = 1;
  },
);
