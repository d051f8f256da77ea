import { splitList } from '@/lib/trust/matchers/glob-list'
import type { ClaimRule, Lifetime } from '@/lib/trust/trust'
import { toKeySlots } from './source-rows'
import { audienceMatcherOf, type TrustFormValues } from './trust-form'

/** A place in an input or in a form, outermost first. */
export type Path = readonly (string | number)[]

/** The trust a form spells, not yet judged: every value may still be wrong. */
export type DraftTrust = {
  enabled: boolean
  issuer: string | null
  keys: unknown[]
  algorithms: string[]
  rules: unknown[]
  lifetime: Lifetime
  grant: {
    ttlSeconds: number
    ttlSecondsMax: number
    usesMax: number
    trustedIps: string[]
    metadata: Record<string, string>
  }
  /** What only standalone trusts have: their method, and what they say beside it. */
  [own: string]: unknown
}

/**
 * The form's values as the domain's draft, and the way back: `fieldOf` answers the form field that a place of the draft
 * came from, so that what the browser and what the server find wrong lands on the same field. Pure.
 */
export function toTrustInput(values: TrustFormValues): { input: DraftTrust; fieldOf: (path: Path) => Path } {
  const keys = toKeySlots(values.sources)
  const rules = ruleSlots(values)
  const mapped = values.mapped.filter(({ key, value }) => key !== '' || value !== '')
  const { tokenAgeSecondsMax } = values.lifetime
  const input: DraftTrust = {
    ...ownParts(values),
    enabled: values.enabled,
    issuer: values.issuer.trim() || null,
    keys: keys.map(({ value }) => value),
    ...(values.keyUse ? { keyUse: values.keyUse } : {}),
    algorithms: [...values.algorithms],
    rules: rules.map(({ value }) => value),
    lifetime: { ...values.lifetime, tokenAgeSecondsMax: tokenAgeSecondsMax === 0 ? null : tokenAgeSecondsMax },
    grant: {
      ...values.grant,
      trustedIps: values.grant.trustedIps.filter((range) => range !== ''),
      metadata: Object.fromEntries(mapped.map(({ key, value }) => [key.trim(), value.trim()])),
    },
  }
  const ranges = placesOf(values.grant.trustedIps, (range) => range !== '')

  function fieldOf([first, at, ...rest]: Path): Path {
    if (first === 'keys') return slotAt(keys, at)?.field(rest) ?? emptyKeysField(values)
    if (first === 'rules') return slotAt(rules, at)?.field(rest) ?? ['claims']
    if (first === 'grant' && at === 'metadata') {
      const row = values.mapped.findIndex(({ key }) => key.trim() === rest[0])
      return row < 0 ? ['mapped'] : ['mapped', row, rest[0] === '' ? 'key' : 'value']
    }
    if (first === 'grant' && at === 'trustedIps' && typeof rest[0] === 'number') {
      return ['grant', 'trustedIps', ranges[rest[0]] ?? rest[0]]
    }
    return [first, at, ...rest].filter((step) => step !== undefined)
  }
  return { input, fieldOf }
}

/** What a method says beside what every trust does. */
function ownParts({ method, project, name, signIn }: TrustFormValues): Record<string, unknown> {
  if (method === 'issuer') return { method, project: project.trim() }
  if (method !== 'sign-in') return {}
  const { jwtEndpoint, headerName } = signIn
  return {
    method,
    name: name.trim(),
    signIn: { ...signIn, jwtEndpoint: jwtEndpoint.trim(), headerName: headerName.trim() },
  }
}

/** An element of the draft and where in the form it comes from. */
type Slot<Value> = { value: Value; field: (rest: Path) => Path }

const slotAt = <Value>(slots: readonly Slot<Value>[], at: string | number | undefined) =>
  typeof at === 'number' ? slots[at] : undefined

const placesOf = <Value>(list: readonly Value[], keep: (value: Value) => boolean) =>
  list.flatMap((value, at) => (keep(value) ? [at] : []))

function ruleSlots(values: TrustFormValues): Slot<unknown>[] {
  const { method, audiences, subject, claims, roles, prm, otherRules } = values
  const slots: Slot<ClaimRule>[] = []
  if (audiences.length > 0) {
    slots.push({
      value: { path: 'aud', matcher: { kind: audienceMatcherOf[method], values: audiences }, whenAbsent: 'refuse' },
      field: (rest) => (typeof rest.at(-1) === 'number' ? ['audiences', rest.at(-1) ?? 0] : ['audiences']),
    })
  }
  if (subject.trim()) slots.push({ value: rule('sub', [subject.trim()]), field: () => ['subject'] })
  if (method === 'issuer' && roles.length > 0) {
    slots.push({
      value: { path: 'roles', matcher: { kind: 'subset-of', values: roles }, whenAbsent: 'allow' },
      field: () => ['roles'],
    })
  }
  if (method === 'issuer' && prm !== '' && prm !== '0') {
    slots.push({
      value: { path: 'prm', matcher: { kind: 'within-bitmask', mask: prm }, whenAbsent: 'allow' },
      field: () => ['prm'],
    })
  }
  for (const [at, { key, value }] of claims.entries()) {
    if (key === '' && value === '') continue
    slots.push({
      value: rule(key.trim(), splitList(value)),
      field: ([part]) => ['claims', at, part === 'path' ? 'key' : 'value'],
    })
  }
  const others = otherRules.map(({ at, rule: value }, index) => ({
    at,
    slot: { value, field: (): Path => ['otherRules', index] },
  }))
  return insertAll(slots, others)
}

const rule = (path: string, values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

/** Puts what was kept back to its place, so that a trust nobody edited comes out as it went in. */
function insertAll(slots: Slot<unknown>[], others: readonly { at: number; slot: Slot<unknown> }[]): Slot<unknown>[] {
  const all = [...slots]
  for (const { at, slot } of [...others].sort((one, other) => one.at - other.at)) all.splice(at, 0, slot)
  return all
}

/** Where "no keys at all" is said. */
function emptyKeysField({ sources: [first] }: TrustFormValues): Path {
  const kind = first?.kind ?? 'jwks-url'
  return kind === 'static-pem' || kind === 'inline-jwk' ? ['sources', 0, kind] : ['sources', 0, kind, 'url']
}
