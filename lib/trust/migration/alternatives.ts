import type { ClaimRule } from '../policy'

type Listing = Extract<ClaimRule['matcher'], { values: string[] }>

/** The values of a matcher; of patterns, a value that is nothing but alternatives in braces counts as these. */
export const alternativesOf = ({ kind, values }: Listing): string[] =>
  kind === 'glob-any' ? values.flatMap((value) => inBraces(value) ?? [value]) : values

/** Alternatives without braces, brackets or escapes of their own, which would change where one ends. */
function inBraces(value: string): string[] | null {
  const [, inside] = /^\{([^{}[\]()\\]*,[^{}[\]()\\]*)\}$/.exec(value) ?? []
  const alternatives = inside?.split(',') ?? []
  return alternatives.length > 0 &&
    alternatives.every((one) => one !== '' && !one.includes('..') && !one.startsWith('!'))
    ? alternatives
    : null
}
