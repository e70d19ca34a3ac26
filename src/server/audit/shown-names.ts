import type { CallRecord } from "./call-record.js";
import type { AskedBook } from "./mask/mask-asked.js";

type Names = Pick<CallRecord, "request" | "profiles" | "regions">;

/**
 * What a call says of itself beside its commands, as it may be written down: an id, profiles and regions whose form is that
 * of one, or that the operator has; anything else, which may be a secret that was put into the wrong place, is `***`.
 */
export const shownNames = ({ request, profiles, regions }: Names, book: Pick<AskedBook, "profiles">): Names => ({
  request: like(ID, request),
  ...(profiles === undefined
    ? {}
    : { profiles: profiles.map((name) => (book.profiles?.includes(name) ? name : like(PROFILE, name))) }),
  ...(regions === undefined ? {} : { regions: regions.map((name) => like(REGION, name)) }),
});

const like = (form: RegExp, name: string): string => (form.test(name) ? name : "***");

/** What clients number their requests with: numbers, UUIDs, counters with a prefix. Empty for the server's own questions. */
const ID = /^[\w.:-]{0,128}$/;
const PROFILE = /^[A-Za-z0-9_][\w.@+-]{0,63}$/;
const REGION = /^[a-z0-9*-]{1,64}$/;
