/** The day of an instant, in UTC: `2026-11-21`. */
export const dayOf = (at: Date) => at.toISOString().slice(0, 10)
