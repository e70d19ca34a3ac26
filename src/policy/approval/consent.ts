declare const brand: unique symbol;

/** A person's yes to one question. Only `mintConsent` makes one, after its seal was opened; it is spent once. */
export type Consent = { readonly [brand]: true };

// INVARIANT: nothing outside this file can put an entry here.
const minted = new WeakMap<Consent, string>();

/** The yes to the question of this digest. */
export const mintConsent = (digest: string): Consent => {
  // The cast is the mint itself: the brand exists in types only, the WeakMap entry is what counts.
  const consent = Object.freeze({}) as Consent;
  minted.set(consent, digest);
  return consent;
};

/** Whether this is a yes to the question of this digest; it is none a second time. */
export const spendConsent = (consent: Consent, digest: string): boolean => {
  const asked = minted.get(consent);
  minted.delete(consent);
  return asked !== undefined && asked === digest;
};
