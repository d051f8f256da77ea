import type { JsonObject } from '../../json/json'

/**
 * Claims of a token that a vendor or another project published. Some that repeat others are left out; a value that
 * the publisher left out or struck through is filled in with one of the documented form.
 */
export type RealToken = {
  title: string
  /** Where the claims are from. */
  source: string
  preset: string
  variant: string
  /** Id of the subject format; null where there is no subject. */
  format: string | null
  claims: JsonObject
  /** Facts that must be read. */
  facts: Record<string, string>
  /** Claims that the customer added, which no preset can know. */
  ownClaims?: string[]
}
