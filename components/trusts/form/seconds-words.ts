import { formatDuration } from '@/components/form/duration'

/** Formats "15m = 900 s"; `zero` is the meaning of 0. */
export const secondsWords = (seconds: number, zero: string): string =>
  seconds === 0 ? zero : `${formatDuration(seconds)} = ${seconds} s`
