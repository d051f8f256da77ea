import { z } from 'zod'
import { findClaim } from '@/lib/trust/claims'
import { cutText } from '@/lib/trust/cut-text'
import { show, titleOf } from '@/lib/trust/engine/checks/check'
import type { Check, CheckId, CheckStatus } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'
import { PackedCheck, packCheck, unpackCheck } from './packed-check'
import { storedOrNull } from './stored-json'

/** Maximum length of all checks in a row, in characters. */
const charactersMax = 4_000
/** And of one text of a check. */
const textMax = 400

/**
 * The checks of a verdict as a row keeps them: without titles that follow from the id, and with a number for a sentence
 * that is always the same. Where there is too much, checks that failed or warned come first; of the others the facts go,
 * then the sentences, then the last ones.
 * @param claims as the row keeps them
 */
export function toStoredTrace(checks: readonly Check[], claims: JsonObject | null): string {
  const whole = storedText(checks.map((check) => formOf(check, claims)))
  return whole.length <= charactersMax ? whole : storedText(fitting(checks, claims))
}

const storedText = (forms: readonly Stored[]) => jsonText({ v: 2, checks: forms.map(packCheck) })

function fitting(checks: readonly Check[], claims: JsonObject | null): Stored[] {
  let left = charactersMax
  const kept = checks.map((): Stored | null => null)
  const inOrderOfWeight = checks
    .map((check, at) => ({ check, at }))
    .sort((one, other) => weightOf(other.check) - weightOf(one.check))
  for (const { check, at } of inOrderOfWeight) {
    const form = (['whole', 'without facts', 'without sentence'] as const)
      .map((size) => formOf(check, claims, size))
      .find((one) => jsonText(one).length < left)
    if (!form) continue
    left -= jsonText(form).length + 1
    kept[at] = form
  }
  return kept.filter((form) => form !== null)
}

/** What a row says of its checks, also one of an earlier version, which kept them whole. One check says it if it is unreadable. */
export function toTrace(stored: string, claims: JsonObject | null): Check[] {
  const whole = storedOrNull(stored, z.array(Whole))
  if (whole) return whole
  const kept = storedOrNull(stored, PackedTrace) ?? storedOrNull(stored, StoredTrace)
  return kept ? kept.checks.map((check) => toCheck(check, claims)) : [unreadable]
}

const unreadable: Check = {
  id: 'method',
  status: 'fail',
  title: 'Record',
  message: 'The stored checks of this decision cannot be read.',
  trusted: false,
}

const isCheckId = (id: unknown): id is CheckId => typeof id === 'string'
const Id = z.custom<CheckId>(isCheckId)
const text = z.string().optional()
const numberedText = z.union([z.string(), z.number()]).optional()

/** Title, reason, expected, received, fix, suggestion, field, untrusted. A number refers to one of the `texts`, or to one of these: */
const More = z.object({
  ...{ t: text, c: text, s: text, f: text, u: z.literal(1).optional() },
  ...{ e: numberedText, r: numberedText, x: numberedText },
})
type More = z.output<typeof More>
/** Expected: the same as received. Received: what the row's claims say. */
const [asReceived, asClaimed] = [-1, -2]

/** Id, status, sentence (or its number; null for one that was left out), and the rest. */
const Stored = z.tuple([Id, z.string(), z.union([z.string(), z.number(), z.null()]), More.optional()])
type Stored = z.output<typeof Stored>

const StoredTrace = z.object({ v: z.literal(1), checks: z.array(Stored) })
const PackedTrace = z.object({
  v: z.literal(2),
  checks: z.array(PackedCheck.transform((packed) => Stored.parse(unpackCheck(packed)))),
})

const Whole = z.object({
  ...{ id: Id, status: z.enum(['pass', 'fail', 'warn', 'skipped']), title: z.string(), message: z.string() },
  ...{ reason: text, expected: text, received: text, fix: text, suggestion: text, field: text, trusted: z.boolean() },
})

const weightOf = ({ status }: Check) => (status === 'fail' ? 2 : status === 'warn' ? 1 : 0)

/** A check as it is told; of one that must be shorter the facts go, then the sentence. */
function formOf(
  { id, status, title, message, reason, expected, received, fix, suggestion, field, trusted }: Check,
  claims: JsonObject | null,
  size: 'whole' | 'without facts' | 'without sentence' = 'whole',
): Stored {
  const more: More = {}
  if (title !== titleOf(id)) more.t = title
  if (reason !== undefined) more.c = reason
  if (field !== fields[id]) more.f = field ?? ''
  if (!trusted) more.u = 1
  if (size === 'whole') {
    if (expected !== undefined) more.e = expected === received ? asReceived : toNumbered(expected)
    if (received !== undefined) more.r = received === claimed(id, claims) ? asClaimed : toNumbered(received)
    if (fix !== undefined) more.x = toNumbered(fix)
    if (suggestion !== undefined) more.s = suggestion
  }
  const sentence = size === 'without sentence' ? null : toNumbered(message)
  const letter = status.charAt(0)
  return Object.keys(more).length === 0 ? [id, letter, sentence] : [id, letter, sentence, more]
}

function toCheck([id, letter, message, more = {}]: Stored, claims: JsonObject | null): Check {
  const { t, c, e, r, x, s, f = fields[id] ?? '', u } = more
  const received = r === asClaimed ? claimed(id, claims) : toText(r)
  const expected = e === asReceived ? received : toText(e)
  return {
    id,
    status: statuses.find((status) => status.startsWith(letter)) ?? 'skipped',
    title: t ?? titleOf(id),
    message: message === null ? 'Not kept.' : (toText(message) ?? ''),
    ...(c === undefined ? {} : { reason: c }),
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    ...(x === undefined ? {} : { fix: toText(x) ?? '' }),
    ...(s === undefined ? {} : { suggestion: s }),
    ...(f === '' ? {} : { field: f }),
    trusted: u !== 1,
  }
}

/** What the claims of a row say where a check looks, as a check shows it. */
function claimed(id: CheckId, claims: JsonObject | null): string | undefined {
  const claim = claims ? findClaim(claims, id.startsWith('claim:') ? id.slice('claim:'.length) : id) : undefined
  return claim === undefined ? undefined : show(claim)
}

function toNumbered(text: string): string | number {
  return numbers.get(text) ?? cutText(text, textMax)
}

const toText = (stored: string | number | undefined) => (typeof stored === 'number' ? (texts[stored] ?? '') : stored)

/** Which part of a trust asks, where a check does not say otherwise. Rows rely on it: append only. */
const fields: Partial<Record<CheckId, string>> = {
  'header.alg': 'algorithms',
  iss: 'issuer',
  exp: 'lifetime.clockSkewSeconds',
  nbf: 'lifetime.clockSkewSeconds',
  iat: 'lifetime.clockSkewSeconds',
  age: 'lifetime.tokenAgeSecondsMax',
  ip: 'grant.trustedIps',
  grant: 'grant',
}

const statuses: readonly CheckStatus[] = ['pass', 'fail', 'warn', 'skipped']

/**
 * Texts of the engine that are always the same, by number. Rows refer to them for good: append, and never change or remove
 * one. A text that is not here is kept as it is.
 */
const texts: readonly string[] = [
  'A token this long is not taken apart.',
  'The header is a JSON object without duplicate members.',
  'The header was not read.',
  'There is no header to look at.',
  'The token names no type.',
  'The token says it is a JWT.',
  'The header asks for nothing special.',
  'RS256 is allowed.',
  'ES256 is allowed.',
  'EdDSA is allowed.',
  'The key that the token names is known.',
  'The keys typed in have no key ID, so each may be the one.',
  'The token names no key; the keys typed in are tried.',
  'One key fits the algorithm.',
  'The key is strong enough.',
  'Without a key to check with, nothing is known of the signature.',
  'The claims are a JSON object without duplicate members.',
  'The claims were not read.',
  'There are no claims to look at.',
  'The issuer is the one this trust believes.',
  'The audience ("aud") is one this trust accepts.',
  'The subject ("sub") is one this trust accepts.',
  'The token does not say from when it is valid.',
  'The token is valid by now.',
  'The token does not say when it was issued.',
  'Without issue and expiry there is no lifetime to look at.',
  'Any age is accepted.',
  'The token is young enough.',
  'This trust lets a token be used more than once.',
  'No address was given.',
  'An access token may be used from this address.',
  'Nothing would be issued.',
  'One key from one source.',
  '0.0.0.0/0, ::/0',
  'one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519',
  'If this is the token you mean, bind what it says.',
  'Take a fresh token right before the login.',
  'Was the token made by another issuer or environment, or was its key withdrawn? Then take a fresh token.',
  'Bind the audience: else a token made for another service is believed.',
  'Bind the subject, or a claim that names the one machine you mean.',
  'No audience is demanded.',
  'No subject is demanded.',
  'A token this long is not parsed.',
  'There is no header to check.',
  'The keys that were entered have no key ID, so each is tried.',
  'The token names no key; the keys that were entered are tried.',
  'There are no claims to check.',
  'The issuer is the one this trust accepts.',
  'The token is already valid.',
  'Without issue time and expiry there is no lifetime to check.',
  'If this is the token you mean, bind its value.',
  'Bind the audience: otherwise a token made for another service is accepted.',
  'Bind the subject, or a claim that identifies the one machine you mean.',
  'If this token should be accepted, the trust has to name this value.',
  'Give the trust an audience: without one, a token made for another service is accepted.',
  'Have the trust require the subject, or a claim, that identifies the one machine you mean.',
  'Have the token made with what the trust expects. Only if you mean to accept this value, name it in the trust.',
]

const numbers = new Map(texts.map((text, number) => [text, number]))
