import { z } from 'zod'
import type { FieldIssue } from '@/lib/errors'
import { durationSecondsMax, type Grant } from '@/lib/trust/grant'
import { IpRange } from '@/lib/trust/ip-range'
import { patternCharactersMax } from '@/lib/trust/matchers/glob'
import { splitList } from '@/lib/trust/matchers/glob-list'
import { namedRecord, namesMax, trimmedName } from '@/lib/trust/names'
import { canonicalId, Id } from '@/lib/trust/uuid'
import { brokenRule } from './wire-words'

/** Access token fields of every Infisical method. Lifetimes in seconds. */
export const AccessTokenFields = {
  accessTokenTrustedIps: z
    .array(z.strictObject({ ipAddress: z.string().trim().max(200) }))
    .min(1, 'Give at least one address or range; 0.0.0.0/0 and ::/0 are everywhere.')
    .max(100),
  accessTokenTTL: z.int().min(0).max(durationSecondsMax),
  accessTokenMaxTTL: z.int().min(0).max(durationSecondsMax),
  accessTokenNumUsesLimit: z.int().min(0).max(2_147_483_647),
}

export const accessTokenDefaults = {
  accessTokenTrustedIps: [{ ipAddress: '0.0.0.0/0' }, { ipAddress: '::/0' }],
  accessTokenTTL: 2_592_000,
  accessTokenMaxTTL: 2_592_000,
  accessTokenNumUsesLimit: 0,
}

export type AccessTokenFields = {
  accessTokenTrustedIps: { ipAddress: string }[]
  accessTokenTTL: number
  accessTokenMaxTTL: number
  accessTokenNumUsesLimit: number
}

/** @throws AppError `rule` for anything but an address or range: Infisical's clients expect 400, not 422 */
export const toGrant = (fields: AccessTokenFields): Grant => ({
  ttlSeconds: fields.accessTokenTTL,
  ttlSecondsMax: fields.accessTokenMaxTTL,
  usesMax: fields.accessTokenNumUsesLimit,
  trustedIps: toTrustedIps(fields.accessTokenTrustedIps),
  metadata: {},
})

function toTrustedIps(sent: AccessTokenFields['accessTokenTrustedIps']): string[] {
  const wrong = sent.flatMap(({ ipAddress }, index): FieldIssue[] => {
    if (IpRange.safeParse(ipAddress).success) return []
    const message = `${JSON.stringify(ipAddress)} is no IP address or CIDR range. Give one, for example 10.0.0.0/8 or 2001:db8::/32.`
    return [{ path: ['accessTokenTrustedIps', index, 'ipAddress'], code: 'invalid_ip', message }]
  })
  if (wrong.length > 0) throw brokenRule(wrong)
  return sent.map(({ ipAddress }) => ipAddress)
}

/** Answered form: parsed addresses, a single one without `prefix`. */
export const fromGrant = (grant: Grant) => ({
  accessTokenTTL: grant.ttlSeconds,
  accessTokenMaxTTL: grant.ttlSecondsMax,
  accessTokenNumUsesLimit: grant.usesMax,
  accessTokenTrustedIps: grant.trustedIps.map(toTrustedIp),
  accessTokenPeriod: 0,
})

/** Returns the fields as a client would send them, so that a PATCH keeps omitted ones. */
export const toAccessTokenFields = (grant: Grant): AccessTokenFields => ({
  accessTokenTTL: grant.ttlSeconds,
  accessTokenMaxTTL: grant.ttlSecondsMax,
  accessTokenNumUsesLimit: grant.usesMax,
  accessTokenTrustedIps: grant.trustedIps.map((ipAddress) => ({ ipAddress })),
})

/** Splits address and prefix as sent, also of a mapped IPv6 range: clients join and compare them. */
function toTrustedIp(range: string) {
  const [ipAddress = '', prefix] = range.split('/')
  const type = ipAddress.includes(':') ? ('ipv6' as const) : ('ipv4' as const)
  return { ipAddress, type, ...(prefix === undefined ? {} : { prefix: Number(prefix) }) }
}

export const TrustedIpAnswer = z.array(
  z.object({ ipAddress: z.string(), type: z.enum(['ipv4', 'ipv6']), prefix: z.number().optional() }),
)

/** `boundIssuer`, `boundSubject`: one line of text, `""` = none. */
export const BoundText = z
  .string()
  .trim()
  // Text beyond the limit is not split.
  .max(2048, { abort: true })
  .refine((value) => !/\p{Cc}/u.test(value), 'Control characters are not allowed here.')

/** A value or pattern within the engine's limits. */
const isShortEnough = (value: string) => splitList(value).every((item) => item.length <= patternCharactersMax)
/** Separator of values in one text. */
const listSyntax = 'Separated by commas; a comma that belongs to a value is written `\\,`.'

const tooLong = `A value has at most ${patternCharactersMax} characters.`

/** `boundSubject`: one value, `""` = none. */
export const BoundSubject = BoundText.refine((value) => value.length <= patternCharactersMax, tooLong)

/** `boundAudiences`: a comma list, `""` = none. A list without values would bind nothing unnoticed. */
export const BoundAudiences = BoundText.refine(isShortEnough, tooLong)
  .refine(
    (value) => value === '' || splitList(value).length > 0,
    'This names no audience. Leave it empty to accept any.',
  )
  .meta({
    description: `Audiences or patterns, one of which must be in \`aud\`; empty = any. ${listSyntax}`,
    examples: ['https://keybound.example.com', 'api, https://*.example.com', 'name\\, with a comma'],
  })

export const BoundClaims = namedRecord(BoundText.refine(isShortEnough, tooLong), 'claim', 500)
  .superRefine((claims, ctx) => {
    // Reported already; further values need no check.
    if (Object.keys(claims).length > namesMax) return
    for (const [sent, value] of Object.entries(claims)) {
      if (splitList(value).length === 0)
        ctx.addIssue({ code: 'custom', path: [sent], message: 'Give the value the claim must have.' })
      const name = trimmedName(sent)
      // As claims these would be read back under another name.
      const field = name === 'aud' ? 'boundAudiences' : name === 'sub' ? 'boundSubject' : null
      if (name === 'aud' || (name === 'sub' && splitList(value).length === 1))
        ctx.addIssue({ code: 'custom', path: [sent], message: `Use ${field} for this.` })
    }
  })
  .meta({
    description: `Claim address → values or patterns, one of which the claim must have. ${listSyntax}`,
    examples: [{ repository: 'acme/*, other/app' }],
  })

export const IdentityPath = z.object({ identityId: Id })

export const LoginBody = z.strictObject({
  identityId: z.string().trim().overwrite(canonicalId).min(1, 'Give the identity that logs in.').max(100),
  jwt: z.string().min(1, 'Give the token.').max(100_000),
  organizationSlug: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'If it is given and not empty, the identity must belong to that organization.' }),
})

/** Answer of a login and a renewal. */
export const TokenAnswer = z.object({
  accessToken: z.string(),
  expiresIn: z.number().meta({ description: 'Seconds; what was signed.' }),
  accessTokenMaxTTL: z.number(),
  tokenType: z.literal('Bearer'),
})

export const toTokenAnswer = (issued: { accessToken: string; expiresIn: number; accessTokenMaxTtl: number }) => ({
  accessToken: issued.accessToken,
  expiresIn: issued.expiresIn,
  accessTokenMaxTTL: issued.accessTokenMaxTtl,
  tokenType: 'Bearer' as const,
})

/** Drops members that are undefined. */
export const given = <T extends object>(sent: T) =>
  Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
