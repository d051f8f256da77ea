/** An authenticator's counter has 32 bits without a sign (WebAuthn §6.1), and a column one bit less; beyond that it only grows. */
export const storedCounter = (counter: number): number => Math.min(counter, 2 ** 31 - 1)
