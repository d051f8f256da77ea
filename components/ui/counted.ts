/** Returns a number with its noun: "1 trust", "2,000 trusts". `plural` where it is more than an s. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
