import { formatDuration } from '@/components/form/duration'

/** "15m = 900 s"; `zero` is what 0 stands for. */
export const secondsWords = (seconds: number, zero: string): string =>
  seconds === 0 ? zero : `${formatDuration(seconds)} = ${seconds} s`
