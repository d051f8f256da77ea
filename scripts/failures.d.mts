export type Failure = { test: string; reason: string }
export function failuresOf(report: object): Failure[]
export function toldFailures(failures: readonly Failure[], most?: number): string
