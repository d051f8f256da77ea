/** Whole seconds since 1970, rounded down: a NumericDate (RFC 7519 §2). */
export const toEpochSeconds = (date: Date): number => Math.floor(date.getTime() / 1000)
