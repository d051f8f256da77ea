import { recordToRows } from '@/components/form/key-value-rows'
import { algorithms } from '@/lib/trust/algorithms'
import type { Grant } from '@/lib/trust/grant'
import type { Kind } from '@/lib/trust/kinds'
import { namesOf } from '@/lib/trust/names-of'
import { KeyUse, type Lifetime } from '@/lib/trust/policy'
import type { TrustDraft } from '@/lib/trust/trust'
import { type Field, isEmpty, type Said } from './field'
import { saidOfKeys } from './said-of-keys'
import { secondsWords } from './seconds-words'
import { toKeySlots, toSourceRows } from './source-rows'
import type { TrustFormValues } from './values'

/** Form paths of each part of a draft; null = none. A missing part does not compile. */
export const placesOfParts: { readonly [Part in keyof TrustDraft]-?: string | null } = {
  ...{ kind: 'kind', name: 'name', enabled: 'enabled', issuer: 'issuer', keys: 'sources', keyUse: 'keyUse' },
  ...{ rules: 'claims', algorithms: 'algorithms', lifetime: 'lifetime', grant: 'grant' },
  // In the path of the request, and in fields of the kind's own.
  ...{ identityId: null, options: null },
}

/** Fields of key sources. `fixedRows` as in the kind's form. */
export const keyFields = (fixedRows: Parameters<typeof toSourceRows>[0]): Field[] => [
  {
    path: 'sources',
    label: 'Keys',
    innerLabels: {
      'jwks-url.url': 'JWKS URL',
      'jwks-url.caCert': 'CA certificate',
      'oidc-discovery.url': 'Discovery URL',
      'oidc-discovery.caCert': 'CA certificate',
      'static-pem': 'Public keys',
      'inline-jwk': 'Supplied keys',
    },
    checks: ['keys.source', 'keys.kid', 'keys.usable', 'keys.strength', 'signature'],
    toForm: ({ keys }) => toSourceRows(fixedRows, keys),
    sent: {
      path: 'keys',
      value: ({ sources }) => toKeySlots(sources).map(({ value }) => value),
      fieldOf([at, ...rest], { sources }) {
        const slot = typeof at === 'number' ? toKeySlots(sources)[at] : undefined
        if (slot) return slot.field(rest)
        // Without keys, the error belongs to the first row.
        const kind = sources[0]?.kind ?? 'jwks-url'
        return kind === 'static-pem' || kind === 'inline-jwk' ? ['sources', 0, kind] : ['sources', 0, kind, 'url']
      },
    },
    said: ({ keys }) => saidOfKeys(keys),
    wording: (issue, path) =>
      path[2] === 'static-pem' && isEmpty(issue) ? 'Paste a public key, or choose a .pem file.' : null,
  },
  {
    path: 'keyUse',
    label: 'Choice of keys',
    toForm: ({ keyUse = null }) => keyUse,
    sent: { path: 'keyUse', value: ({ keyUse }) => keyUse ?? undefined },
    said({ keyUse }) {
      const { unnamed, staleSecondsMax } = KeyUse.parse(keyUse ?? {})
      return [
        ['Tokens without a kid', unnamed === 'only' ? 'need a key that fits alone' : null],
        ['Last good keys serve', staleSecondsMax === null ? null : secondsWords(staleSecondsMax, 'never')],
      ]
    },
  },
]

/** The kind, for a route that takes several. */
export const kindField = (kind: Kind): Field => ({
  path: 'kind',
  label: 'Kind',
  sent: { path: 'method', value: () => kind },
  said: () => [],
})

export const issuerField: Field = {
  path: 'issuer',
  label: 'Issuer',
  claim: 'iss',
  toForm: ({ issuer }) => issuer ?? '',
  sent: { path: 'issuer', value: ({ issuer }) => issuer.trim() || null },
  said: ({ issuer }) => [['Issuer', issuer]],
}

export const enabledField = (label: string): Field => ({
  path: 'enabled',
  label,
  toForm: ({ enabled }) => enabled,
  sent: { path: 'enabled', value: ({ enabled }) => enabled },
  said: ({ enabled }) => [[label, enabled ? 'yes' : 'no']],
})

export const algorithmsField: Field = {
  path: 'algorithms',
  label: 'Algorithms',
  toForm: (trust) => trust.algorithms,
  sent: { path: 'algorithms', value: (values) => [...values.algorithms] },
  said: ({ algorithms: allowed }) => [
    ['Algorithms', allowed.length === algorithms.length ? 'all supported' : [...allowed].sort().join(', ')],
  ],
  wording: (issue) => (isEmpty(issue) ? 'Allow at least one algorithm.' : null),
}

/** Fields of a lifetime; a missing one does not compile. */
const lifetimeTable: { [Name in keyof Lifetime]: { label: string; words(value: Lifetime[Name]): string } } = {
  clockSkewSeconds: { label: 'Clock skew', words: (seconds) => secondsWords(seconds, 'none') },
  expirySkewSeconds: { label: 'Expiry skew', words: (seconds) => secondsWords(seconds, 'none') },
  requireExpiry: { label: 'Require expiry', words: (isRequired) => (isRequired ? 'yes' : 'no') },
  tokenAgeSecondsMax: { label: 'Maximum token age', words: (seconds) => secondsWords(seconds ?? 0, 'any') },
}

export const lifetimeFields: Field[] = namesOf(lifetimeTable).map((name) => {
  const { label } = lifetimeTable[name]
  return {
    path: `lifetime.${name}`,
    label,
    // 0 in the form means any age.
    toForm: ({ lifetime }) => lifetime[name] ?? 0,
    sent: {
      path: `lifetime.${name}`,
      value: ({ lifetime }) => (name === 'tokenAgeSecondsMax' ? lifetime[name] || null : lifetime[name]),
    },
    said: ({ lifetime }) => [[label, wordsOf(lifetimeTable, lifetime, name)]],
  }
})

/** Fields of a grant; a missing one does not compile. */
const grantTable: { [Name in keyof Required<Grant>]: Field } = {
  ttlSeconds: {
    ...grantField('ttlSeconds', 'Access token TTL', ({ ttlSeconds }) =>
      secondsWords(ttlSeconds, 'as long as the maximum allows'),
    ),
    checks: ['grant'],
  },
  ttlSecondsMax: grantField('ttlSecondsMax', 'Max TTL', ({ ttlSecondsMax }) =>
    secondsWords(ttlSecondsMax, 'ninety days'),
  ),
  usesMax: grantField('usesMax', 'Uses', ({ usesMax }) => (usesMax === 0 ? 'unlimited' : String(usesMax))),
  trustedIps: {
    ...grantField('trustedIps', 'Trusted IPs', ({ trustedIps }) => trustedIps.join('\n')),
    sent: {
      path: 'grant.trustedIps',
      value: ({ grant }) => grant.trustedIps.filter((range) => range !== ''),
      fieldOf([at, ...rest], { grant }) {
        if (typeof at !== 'number') return ['grant', 'trustedIps']
        const places = grant.trustedIps.flatMap((range, place) => (range === '' ? [] : [place]))
        return ['grant', 'trustedIps', places[at] ?? at, ...rest]
      },
    },
    wording: (issue) => (isEmpty(issue) ? 'Add at least one range; 0.0.0.0/0 and ::/0 allow every address.' : null),
  },
  metadata: {
    path: 'mapped',
    label: 'Claims passed on',
    checks: ['grant.metadata'],
    toForm: ({ grant }) => recordToRows(grant.metadata),
    sent: {
      path: 'grant.metadata',
      value: ({ mapped }) =>
        Object.fromEntries(
          mapped
            .filter(({ key, value }) => key !== '' || value !== '')
            .map(({ key, value }) => [key.trim(), value.trim()]),
        ),
      fieldOf([name], { mapped }) {
        const row = mapped.findIndex(({ key }) => key.trim() === name)
        return row < 0 ? ['mapped'] : ['mapped', row, name === '' ? 'key' : 'value']
      },
    },
    said: ({ grant }) => [['Claims passed on', pairsOf(grant.metadata)]],
    wording: (issue) => (isEmpty(issue) ? 'Name the claim, or remove the row.' : null),
  },
  // No input changes it; it is kept as stored.
  carry: grantField('carry', 'Claims carried', ({ carry = {} }) => pairsOf(carry)),
}

export const grantFields: Field[] = Object.values(grantTable)

function grantField(name: keyof Grant, label: string, words: (grant: Grant) => string | null): Field {
  return {
    path: `grant.${name}`,
    label,
    toForm: ({ grant }) => grant[name],
    sent: { path: `grant.${name}`, value: (values) => grantOf(values)[name] },
    said: ({ grant }) => [[label, words(grant)]],
  }
}

/** Returns the grant in a form, including parts without an input. */
const grantOf = ({ grant }: TrustFormValues): Partial<Grant> => grant

/** Fields that are kept and sent but not reviewed, because the kind does not use them. */
export const withoutReview = (fields: readonly Field[]): Field[] =>
  fields.map((field) => ({ ...field, said: (): Said[] => [] }))

const pairsOf = (pairs: Readonly<Record<string, string>>): string | null =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join('\n') || null

/** Describes one entry of a table whose values differ in type. */
function wordsOf<Values extends object>(
  table: { [Name in keyof Values]: { words(value: Values[Name]): string } },
  values: Values,
  name: keyof Values,
): string {
  return table[name].words(values[name])
}
