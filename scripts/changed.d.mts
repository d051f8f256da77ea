export type Suite = 'contract' | 'e2e'

export function baseOfBranch(): string
export function changedFiles(base: string): string[]
export function changedUnitTests(base: string, tests: string[]): string[]
export function changedSpecs(suite: Suite, files: string[]): 'all' | string[]
