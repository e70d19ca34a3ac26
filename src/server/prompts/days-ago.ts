const DAY = 86_400_000;

/** The day so many days before now, as `2026-11-08`; UTC, as AWS counts. */
export const daysAgo = (now: Date, days: number): string =>
  new Date(now.getTime() - days * DAY).toISOString().slice(0, 10);

/** The last full days as options, up to the midnight before now: `--start-time … --end-time …`. */
export const lastDays = (now: Date, days: number): string =>
  `--start-time ${daysAgo(now, days)}T00:00:00Z --end-time ${daysAgo(now, 0)}T00:00:00Z`;

/** The first day of the month so many months before this one, as `2026-08-01`; UTC. */
export const firstOfMonth = (now: Date, months: number): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 10);
