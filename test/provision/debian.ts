import { existsSync } from "node:fs";
import { findProgram } from "./find-program.js";
import { runProgram } from "./run-program.js";
import { say } from "./say.js";

// In runlevel 1 no package starts its service (invoke-rc.d(8)): tests start what they need themselves.
const settings = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
let updated = false;

/** Only root on Debian or a child of it can have packages installed; everyone else is told what to install. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version") && findProgram("apt-get") !== undefined;
}

export async function installPackages(packages: readonly string[]): Promise<void> {
  say(`installing ${packages.join(" ")}`);
  if (!updated) await aptGet("update");
  updated = true;
  await aptGet("install", "-y", "--no-install-recommends", ...packages);
}

// A failure is not looked at here: the caller looks for the program, which is what counts.
async function aptGet(...args: readonly string[]): Promise<void> {
  await runProgram("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=120", ...args], { env: settings });
}
