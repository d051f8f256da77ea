export type Suite = 'contract' | 'e2e'

export function baseOfBranch(): string
export function changedFiles(base: string): string[]
export function changedUnitTests(base: string, files: string[], tests: string[]): 'all' | string[]
export function isUnderEveryUnitTest(file: string): boolean
export function changedSpecs(suite: Suite, files: string[]): 'all' | string[]
