/**
 * What a column of SQLite reads as where its value does not fit its type: for every yes or no, and for numbers by which a sign-in is
 * refused. It is the answer that allows least, so a protection that cannot be read is on, and a permission is off. A number that is not
 * listed reads as -1.
 */
export const unreadableValues: Readonly<Record<string, bigint>> = {
  requiresSecondFactor: 1n,
  hasDeleteProtection: 1n,
  // Nothing is opened by it.
  isCanary: 1n,
  enabled: 0n,
  emailVerified: 0n,
  isBackedUp: 0n,
  accepted: 0n,
  // Of a key source: an alarm is shown, it is asked like any other, and what is derived from trusts is derived again.
  hasAlarms: 1n,
  isFailing: 0n,
  isFilled: 0n,
  // A number that was counted into a record is sealed like any other.
  isCounted: 1n,
  // What an incident counts is said to be less exact than it may be.
  isMixed: 1n,
  // What is reviewed asks for a reason, and a review says that there may be more.
  ...{ isWide: 1n, hasFindings: 1n, isCut: 1n },
  // A request to a webhook of which it is not known whether it succeeded.
  ok: 0n,
  // The last step of a code, and the counter of a passkey: nothing that is shown now comes after it.
  lastStep: 2_147_483_647n,
  counter: 2_147_483_647n,
  // Wrong codes in a row: as many as make the longest wait.
  failures: 1_000_000n,
}
