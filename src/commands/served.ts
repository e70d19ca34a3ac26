/** A transport that serves clients. */
export type Served = {
  /** Settles with the reason when the transport itself is over; never where only a signal ends it. */
  readonly ended: Promise<string>;
  /** Ends every call, then the transport. */
  readonly stop: () => Promise<void>;
};
