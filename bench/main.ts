import { ProvisionProblem } from "../test/provision/found.js";

/** Runs a program of this folder; what could not be got is said in its one line, without a stack. */
export async function main(work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof ProvisionProblem ? error.message : error);
    process.exitCode = 1;
  }
}
