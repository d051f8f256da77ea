import type { Discovery, FetchedKeys } from '@/lib/net/fetch-keys'
import { shortenText } from '@/lib/trust/cut-text'
import { explainTemplate, isIssuerTemplate } from '@/lib/trust/issuer-template'

/** In order of weight. */
const alarmSeverities = ['critical', 'warning'] as const
const alarmIds = [
  'never-reached',
  'failing',
  'set-empty',
  'removed-key-used',
  'key-material-changed',
  'duplicate-kid',
  'secret-published',
  'rsa-too-short',
  'weak-key',
  'entry-ignored',
  'certificate-expiring',
  'issuer-differs',
  'jwks-uri-moved',
] as const

/** A finding about a key source that needs attention: what it is, and what to do. */
export type Alarm = {
  id: (typeof alarmIds)[number]
  severity: (typeof alarmSeverities)[number]
  message: string
  fix: string
}

/** Facts from which alarms are raised. A source that was never fetched has no `state`. */
export type AlarmInput = {
  now: Date
  state: {
    lastSuccessAt: Date | null
    failingSince: Date | null
    reason: string | null
    message: string | null
    fix: string | null
    /** Keys in the last good set; null when there never was one. */
    keyCount: number | null
    tls: FetchedKeys['tls'] | null
    discovery: Discovery | null
  } | null
  keys: readonly AlarmKey[]
  /** Moves of the jwks_uri to another host, as the timeline tells them. */
  moves: readonly { at: Date; message: string }[]
  /** The issuers that trusts with this source are bound to. */
  issuers: readonly string[]
}

export type AlarmKey = {
  kid: string | null
  thumbprint: string
  label: string | null
  problem: string | null
  problemText: string | null
  removedAt: Date | null
  lastUsedAt: Date | null
  lastMissedAt: Date | null
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long a past change stays an alarm. */
export const changeDays = 7
const certificateDays = 30
/** How long ago the last token of a removed key may be. */
const stillArrivesHours = 24

/** Every alarm a source raises now, the gravest first. */
export function alarmsOf(input: AlarmInput): Alarm[] {
  const { state } = input
  const raised = state ? rules.flatMap((rule) => rule(input, state)) : []
  const weight = ({ severity }: Alarm) => alarmSeverities.indexOf(severity)
  return raised.toSorted((one, other) => weight(one) - weight(other))
}

type State = NonNullable<AlarmInput['state']>
type Rule = (input: AlarmInput, state: State) => Alarm[]

const rules: Rule[] = [
  (_, state) =>
    state.lastSuccessAt || !state.failingSince || isWithoutKeys(state)
      ? []
      : [critical('never-reached', `This source has never given keys. ${said(state)}`.trim(), state.fix ?? tryUrl)],

  ({ now }, state) => {
    const { lastSuccessAt, failingSince } = state
    if (!lastSuccessAt || !failingSince || isWithoutKeys(state)) return []
    if (now.getTime() - failingSince.getTime() < hourMs) return []
    const since = `This source has been failing for ${spanWords(now, failingSince)}.`
    return [critical('failing', `${since} ${said(state)}`.trim(), state.fix ?? tryUrl)]
  },

  (_, state) => {
    if (!isWithoutKeys(state)) return state.keyCount === 0 ? [critical('set-empty', emptySet, publishKeys)] : []
    const serves = state.lastSuccessAt ? ' Until then its last good keys serve.' : ''
    return [critical('set-empty', state.message ?? emptySet, `${state.fix ?? publishKeys}${serves}`)]
  },

  ({ now, keys }) =>
    removedKeys(keys)
      .filter((key) => stillArrives(key, now))
      .map(removedKeyUsed),

  ({ now, keys }) => distinct(replacedKids(keys, now)).map(materialChanged),

  ({ keys }) => distinct(repeatedKids(published(keys))).map(duplicateKid),

  ({ keys }) => published(keys).filter(isSecret).map(secretPublished),

  ({ keys }) => published(keys).filter(isWeak).map(weakKey),

  ({ keys }) => distinct(published(keys).flatMap(ignoredText)).map(entryIgnored),

  ({ now }, { tls }) => certificateExpiring(tls, now),

  ({ issuers }, { discovery }) =>
    distinct(issuers)
      .filter((issuer) => discovery !== null && discovery.issuer !== issuer)
      .map((issuer) => issuerDiffers(discovery?.issuer ?? '', issuer, issuers)),

  ({ now, moves }) =>
    moves
      .filter(({ at }) => now.getTime() - at.getTime() < changeDays * dayMs)
      .slice(0, 1)
      .map(({ message }) =>
        warning(
          'jwks-uri-moved',
          message,
          'Ask the issuer whether this move is intended: the owner of that host decides which tokens are accepted.',
        ),
      ),
]

/** The source answers, but its answer is unusable. That does not recover by itself, so it is reported immediately. */
const isWithoutKeys = ({ failingSince, reason }: State) => failingSince !== null && reason === 'no-usable-key'

const said = ({ message }: State) => message ?? ''

const emptySet = 'The key set is empty: no token can be verified with it.'
const publishKeys = 'Ask the issuer to publish its signing keys, or correct the URL.'
const tryUrl = 'Open the URL from this server, and check the CA certificate given for it.'

const critical = (id: Alarm['id'], message: string, fix: string): Alarm => ({ id, severity: 'critical', message, fix })
const warning = (id: Alarm['id'], message: string, fix: string): Alarm => ({ id, severity: 'warning', message, fix })

const published = (keys: readonly AlarmKey[]) => keys.filter(({ removedAt }) => removedAt === null)

/** Keys that are gone; a kid that is published again with other key material has its own alarm. */
const removedKeys = (keys: readonly AlarmKey[]) =>
  keys.filter(
    ({ kid, removedAt }) => removedAt !== null && !published(keys).some((key) => kid !== null && key.kid === kid),
  )

function stillArrives({ removedAt, lastUsedAt, lastMissedAt }: AlarmKey, now: Date): boolean {
  const last = Math.max(lastUsedAt?.getTime() ?? 0, lastMissedAt?.getTime() ?? 0)
  return removedAt !== null && last > removedAt.getTime() && now.getTime() - last < stillArrivesHours * hourMs
}

const removedKeyUsed = (key: AlarmKey): Alarm =>
  critical(
    'removed-key-used',
    `${named(key)} is no longer published, but tokens that name it still arrive.`,
    'The issuer withdrew it too early, or a withdrawn key is still in use: ask the issuer which. Publish old keys until the last token they signed has expired.',
  )

/** Kids whose key was recently replaced. */
function replacedKids(keys: readonly AlarmKey[], now: Date): string[] {
  return published(keys).flatMap(({ kid, thumbprint }) =>
    kid !== null &&
    keys.some(
      (other) =>
        other.kid === kid &&
        other.thumbprint !== thumbprint &&
        other.removedAt !== null &&
        now.getTime() - other.removedAt.getTime() < changeDays * dayMs,
    )
      ? [kid]
      : [],
  )
}

const materialChanged = (kid: string): Alarm =>
  critical(
    'key-material-changed',
    `The kid ${quote(kid)} names another key than before.`,
    'Ask the issuer whether this is intended. A new key should have a new kid; an attacker would also publish other key material under the same kid.',
  )

const repeatedKids = (keys: readonly AlarmKey[]) =>
  keys.flatMap(({ kid }, at) => (kid !== null && keys.findIndex((key) => key.kid === kid) !== at ? [kid] : []))

const duplicateKid = (kid: string): Alarm =>
  warning(
    'duplicate-kid',
    `Two different keys are published under the kid ${quote(kid)}.`,
    'Ask the issuer to give every key its own kid: verifiers differ in which of the two they use.',
  )

const isSecret = ({ problem }: AlarmKey) => problem === 'private_key' || problem === 'symmetric_key'

const secretPublished = (key: AlarmKey): Alarm =>
  critical(
    'secret-published',
    key.problem === 'private_key'
      ? `${named(key)} is published with its private part.`
      : `${named(key)} is a shared secret in a public key set.`,
    'Treat it as leaked: the issuer must withdraw it and sign with a new key. Keybound does not use it.',
  )

const isWeak = ({ problem }: AlarmKey) => problem === 'weak_key'

const weakKey = (key: AlarmKey): Alarm => {
  const bits = Number(/^RSA (\d+)$/.exec(key.label ?? '')?.[1] ?? Number.NaN)
  return bits < 2048
    ? warning(
        'rsa-too-short',
        `${named(key)} is an RSA key of ${bits} bits.`,
        'The issuer must sign with an RSA key of at least 2048 bits, or with ES256 or EdDSA. Keybound does not use this one.',
      )
    : warning(
        'weak-key',
        `${named(key)} is of a kind that is not safe to rely on.`,
        'The issuer must sign with a new key. Keybound does not use this one.',
      )
}

const ignoredText = ({ problem, problemText, kid }: AlarmKey) =>
  problem === 'malformed_key' ? [kid === null ? (problemText ?? '') : `${named({ kid })}: ${problemText ?? ''}`] : []

const entryIgnored = (text: string): Alarm =>
  warning(
    'entry-ignored',
    text || 'An entry of the key set is not a key.',
    'The other keys are used (RFC 7517 §5). Ask the issuer to correct this entry, or to leave it out.',
  )

function certificateExpiring(tls: State['tls'], now: Date): Alarm[] {
  const [first] = (tls?.chain ?? []).toSorted((one, other) => one.notAfter - other.notAfter)
  if (!first) return []
  const days = Math.floor((first.notAfter * 1000 - now.getTime()) / dayMs)
  if (days >= certificateDays) return []
  const when =
    days < 0 ? 'has expired' : days === 0 ? 'expires within a day' : `expires in ${days} ${days === 1 ? 'day' : 'days'}`
  const fix = 'Renew it on the host. If its CA changes, add the new CA certificate here first.'
  const message = `The TLS certificate of ${first.subject} ${when}.`
  return [days < 7 ? critical('certificate-expiring', message, fix) : warning('certificate-expiring', message, fix)]
}

const issuerDiffers = (said: string, expected: string, issuers: readonly string[]): Alarm =>
  isIssuerTemplate(said)
    ? critical(
        'issuer-differs',
        `The discovery document is for many tenants; a trust expects ${quote(expected)}.`,
        `${explainTemplate(said, [expected, ...issuers])} Until then its logins are refused.`,
      )
    : critical(
        'issuer-differs',
        `The discovery document names ${quote(said)} as its issuer; a trust expects ${quote(expected)}.`,
        'Correct the issuer of the trust, letter for letter, or its discovery URL. Until then its logins are refused.',
      )

const named = ({ kid }: Pick<AlarmKey, 'kid'>) => (kid === null ? 'A key without a kid' : `The key ${quote(kid)}`)

const quote = (text: string) => JSON.stringify(shortenText(text, 200))

const distinct = (texts: readonly string[]) => [...new Set(texts)]

function spanWords(now: Date, since: Date): string {
  const hours = Math.floor((now.getTime() - since.getTime()) / hourMs)
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`
  return `${Math.floor(hours / 24)} days`
}
