import type { KeyValueRow } from '@/components/form/key-value-rows'
import type { Algorithm } from '@/lib/trust/algorithms'
import type { Kind } from '@/lib/trust/kinds'
import type { ClaimRule, KeyUse, Lifetime } from '@/lib/trust/policy'
import type { SourceRow } from './source-rows'

/**
 * Values of the editor's form, whatever the kind; a kind adds values of its own. A rule that no field can express is
 * kept in `otherRules` with its place, and saved as it was.
 */
export type TrustFormValues = {
  kind: Kind
  name: string
  enabled: boolean
  /** In order of use. */
  sources: SourceRow[]
  /** As stored; no field changes it. */
  keyUse: KeyUse | null
  issuer: string
  audiences: string[]
  subject: string
  claims: KeyValueRow[]
  otherRules: { at: number; rule: ClaimRule }[]
  algorithms: Algorithm[]
  /** `tokenAgeSecondsMax`: 0 = any age. */
  lifetime: FormLifetime
  grant: { ttlSeconds: number; ttlSecondsMax: number; usesMax: number; trustedIps: string[] }
  /** Claims that the access token takes from the login token, by name. */
  mapped: KeyValueRow[]
}

export type FormLifetime = { [Name in keyof Lifetime]: NonNullable<Lifetime[Name]> }
