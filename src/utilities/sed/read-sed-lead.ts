import { err, ok, type Result } from "../../language/result.js";
import { readSedAddress, readSedOffset, type SedAddress } from "./read-sed-address.js";
import { characterFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading, skipGap } from "./sed-reading.js";

/** What stands before the letter of a command; both places are offsets. */
export type SedLead = {
  /** Where the command begins with its addresses. */
  readonly start: number;
  /** Where its letter stands. */
  readonly at: number;
  readonly addresses: number;
};

/** Reads the addresses and the `!`. */
// lead = [ addresses ] , [ "!" , gap ] ;
export const readSedLead = (reading: SedReading): Result<SedLead, SedProblem> => {
  const start = reading.at;
  const addresses = readAddresses(reading);
  if (!addresses.ok) return addresses;
  if (look(reading) === "!") {
    reading.at += 1;
    skipGap(reading);
    if (look(reading) === "!") return err(secondBang(reading));
  }
  return ok({ start, at: reading.at, addresses: addresses.value });
};

// addresses = address - zero , gap , [ "," , gap , to , gap ] | zero , gap , "," , gap , expression , gap ;
const readAddresses = (reading: SedReading): Result<number, SedProblem> => {
  const start = reading.at;
  const first = readSedAddress(reading);
  if (!first.ok) return first;
  if (!first.value) return ok(0);
  skipGap(reading);
  const ranged = look(reading) === ",";
  const last = ranged ? readLast(reading) : ok(undefined);
  if (!last.ok) return last;
  if (first.value.kind === "zero" && last.value?.kind !== "expression") return err(zeroLine(reading, start));
  return ok(ranged ? 2 : 1);
};

// to = address | ( "+" | "~" ) , gap , number ;
const readLast = (reading: SedReading): Result<SedAddress, SedProblem> => {
  reading.at += 1;
  skipGap(reading);
  const start = reading.at;
  const last = readSedOffset(reading) ?? readSedAddress(reading);
  if (!last.ok) return last;
  skipGap(reading);
  return last.value ? ok(last.value) : err(noAddress(reading, start));
};

const secondBang = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(characterFrom(script, at), "stands twice", "write one `!`, as in `sed '1!d'`");

const zeroLine = ({ script, at }: SedReading, from: number): SedProblem =>
  notUnderstood(
    { script, from, to: at },
    "addresses a line 0",
    "lines are counted from 1; line 0 begins only a range that ends in an expression, as in `sed '0,/a/d'`",
  );

const noAddress = ({ script }: SedReading, from: number): SedProblem =>
  notUnderstood(
    characterFrom(script, from),
    "is no address",
    "write a line, `$`, an expression or `+` and a number after the comma, as in `sed -n '/a/,+2p'`",
  );
