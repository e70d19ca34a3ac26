import { awsCli } from "./aws-cli.js";
import { attempt, type Found } from "./found.js";
import { type MotoCommand, motoCommand } from "./moto.js";
import { findPrograms, type Programs } from "./programs.js";

/** Everything from outside that tests, demo and bench need, each here or with the line that says why not. */
export type Provision = {
  readonly aws: Found<string>;
  readonly moto: Found<MotoCommand>;
  readonly programs: Programs;
};

/** Gets what is missing; says so on stderr; never throws for what could not be got. Instant when all is there. */
export async function provision(): Promise<Provision> {
  const programs = await findPrograms();
  const [aws, moto] = await Promise.all([attempt(awsCli), attempt(motoCommand)]);
  return { aws, moto, programs };
}
