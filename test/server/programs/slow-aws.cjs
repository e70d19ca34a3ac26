// Stands in for the AWS CLI where a test needs one that is slow. The test puts `#!NODE` before it.
// `list-slowly --seconds N` says `started`, ends after N seconds; `list-stubbornly` does the same and ignores TERM.
const { writeSync } = require("node:fs");

const seconds = Number(process.argv.find((word) => word.startsWith("--seconds="))?.slice("--seconds=".length) ?? 60);
if (process.argv.includes("list-stubbornly")) process.on("SIGTERM", () => undefined);
writeSync(1, "started\n");
setTimeout(() => process.exit(0), seconds * 1000);
