import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { bareToken } from '@/lib/trust/engine/token'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'
import { signIn } from '@/lib/trust/kinds'
import { type SignInOptions, tokenHeaderOf } from '@/lib/trust/kinds/sign-in'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import type { Trust } from '@/lib/trust/trust'
import { record } from '../audit/record'
import type { Context } from '../context'
import { seal } from '../installation/seal'
import { liveFor } from '../live-for'
import { attempt, type Found, judgeLogin, requireUnchanged, settleInTransaction } from '../login/attempt'
import { parsedTrust } from '../login/parsed-trusts'
import { recordDecision } from '../login/record-decision'
import { intentOf } from './gateway-address'
import { linkPerson, subjectOf } from './link-person'
import { newSecret } from './sign-in-secret'
import { intentSeconds, resultSeconds } from './store-intent'

export type Arrival = { authRequestId: string | null; userAgentId: string | null; headers: Headers }

/**
 * Judges the token that a gateway brings. The state is used up before anything is looked at, so it is good for one try.
 * The verdict is kept under the request's id, and the answer is where to send the browser.
 * @throws AppError `malformed` for a state that is missing, changed, unknown, used or too old
 */
export async function receiveToken(ctx: Context, arrival: Arrival): Promise<{ location: string }> {
  const { location } = await attempt<Arrived, SignInOutcome>(ctx, {
    kind: signIn.kind,
    // The state is good for one try.
    limitedBy: null,
    find: async (previous) =>
      toArrived(arrival, previous ? await withStoredTrust(ctx, previous.intent) : await takeIntent(ctx, arrival)),
    judge: (arrived) => verdictOn(ctx, arrived),
    settle: (arrived, verdict) => settle(ctx, arrived, verdict),
  })
  return { location }
}

type SignInOutcome = { accepted: true; location: string } | { accepted: false; check: Check; location: string }

/** A sign-in on its way back: `options` is null where the trust is none of sign-in any more. */
type Arrived = Found & { trust: Trust; intent: Intent; options: SignInOptions | null; isTokenSent: boolean }

function toArrived({ headers }: Arrival, intent: Intent): Arrived {
  const trust = parsedTrust(intent.trust)
  const options = signIn.is(trust) ? trust.options : null
  const token = options && tokenIn(headers, options)
  return {
    organizationId: trust.organizationId,
    identity: null,
    trust,
    intent,
    options,
    token: token ?? '',
    isTokenSent: token !== null,
  }
}

/** The same sign-in with the trust as it is now. @throws AppError `malformed` when it was removed */
async function withStoredTrust(ctx: Context, intent: Intent): Promise<Intent> {
  const trust = await ctx.db.trust.findUnique({ where: { id: intent.trustId } })
  if (!trust) throw badState('The provider was removed')
  return { ...intent, trust }
}

type Intent = Awaited<ReturnType<typeof takeIntent>>

/** One atomic update decides who of several callers with the same state goes on. */
async function takeIntent(ctx: Context, { authRequestId, userAgentId }: Arrival) {
  if (!authRequestId || !userAgentId) throw badState('Required parameters missing')
  const id = await intentOf(authRequestId, userAgentId)
  if (id === null) throw badState('The state was not made here, or was changed')
  const { count } = await ctx.db.signInIntent.updateMany({
    where: { id, status: 'started', expiresAt: liveFor(ctx.now(), intentSeconds) },
    data: { status: 'judged' },
  })
  const intent = count === 1 ? await ctx.db.signInIntent.findUnique({ where: { id }, include: { trust: true } }) : null
  if (!intent) throw badState('The state was used already, or is too old. Begin again')
  return intent
}

const badState = (message: string) => new AppError('malformed', message, { reason: 'sign_in_state' })

/** The token, without a `Bearer ` before it; null when the header is not there, or says no more than that. */
function tokenIn(headers: Headers, options: SignInOptions): string | null {
  return bareToken(headers.get(tokenHeaderOf(options))?.replace(/^Bearer(?: |$)/, '') ?? '') || null
}

async function verdictOn(ctx: Context, { trust, options, intent, token, isTokenSent }: Arrived): Promise<Verdict> {
  // As it is now, not as it was when the sign-in began.
  const isOpen = options !== null && trust.enabled && (intent.purpose === 'intent' || options.isOffered)
  // A trust that cannot be read is neither open nor closed, and its owner is told so.
  if (!isOpen && !trust.unreadable) return refusalOf(inactive)
  if (options && !isTokenSent && !trust.unreadable) return refusalOf(headerMissing(options))
  const verdict = await judgeLogin(ctx, trust, token)
  return verdict.accepted && subjectOf(verdict.claims) === null ? withFailure(verdict, subjectUnusable) : verdict
}

/** Stores the result: decision, person, state of the sign-in and, for a refusal, the audit entry. */
async function settle(ctx: Context, arrived: Arrived, judged: Verdict): Promise<SignInOutcome> {
  const { organizationId, trust, intent, options, token } = arrived
  const person = intent.purpose === 'intent' ? await seal('sign-in-state', jsonText(judged.claims)) : null
  const secret = newSecret()
  const tokenHash = await sha256Hex(secret)
  return settleInTransaction(ctx, async (tx) => {
    const user =
      judged.accepted && options
        ? await linkPerson(tx, ctx, { trust, options, claims: claimsOf(judged), intent })
        : null
    const verdict = judged.accepted && !user && intent.purpose === 'session' ? withFailure(judged, userUnknown) : judged
    // After the person's row is locked: a request that raises their role from now on waits, and ends this sign-in.
    await requireUnchanged(tx, trust)
    await recordDecision(tx, ctx, { organizationId, identity: null, trust, method: signIn.kind, token, verdict })
    await tx.signInIntent.update({
      where: { id: intent.id },
      data: verdict.accepted
        ? { status: 'succeeded', tokenHash, userId: user?.id ?? null, person, ...longer(ctx, intent) }
        : { status: 'failed' },
    })
    const { decisive: check } = verdict
    if (!verdict.accepted) {
      await record(tx, ctx, {
        action: 'session.refused',
        organizationId: trust.organizationId,
        target: { kind: 'trust', id: trust.id, name: trust.name },
        after: { provider: trust.name, reason: check?.reason },
      })
    }
    return check
      ? { accepted: false, check, location: failureOf(ctx, intent, check) }
      : { accepted: true, location: successOf(intent, secret, user?.id ?? null) }
  })
}

/** Another application has an hour to come for the result; our own browser is on its way. */
const longer = (ctx: Context, { purpose }: Intent) =>
  purpose === 'intent' ? { expiresAt: new Date(ctx.now().getTime() + resultSeconds * 1000) } : {}

const claimsOf = ({ claims }: Verdict): JsonObject => claims ?? {}

function successOf({ id, purpose, successUrl }: Intent, token: string, userId: string | null): string {
  if (purpose === 'session') return withParameters(`${env().PUBLIC_URL}/idps/finish`, { id, token })
  return withParameters(successUrl, { id, token, ...(userId ? { user: userId } : {}) })
}

function failureOf(ctx: Context, { id, failureUrl }: Intent, check: Check): string {
  const { reason = 'refused', message } = check
  if (failureUrl) return withParameters(failureUrl, { id, error: reason, error_description: message })
  return withParameters(`${env().PUBLIC_URL}/sign-in/failed`, { reason, check: check.id, decision: ctx.requestId })
}

function withParameters(address: string, parameters: Record<string, string>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

const failed = (id: Check['id'], reason: string, title: string, message: string, fix?: string): Check => ({
  id,
  status: 'fail',
  title,
  message,
  reason,
  trusted: true,
  ...(fix && { fix }),
})

const inactive = failed(
  'method',
  'provider_inactive',
  'Provider',
  'This provider is not open for sign-ins now.',
  'Activate it and let people sign in here, on its page.',
)
const headerMissing = (options: SignInOptions) =>
  failed(
    'token.shape',
    'token_header_missing',
    'Token',
    'The request brought no token in the header that this provider reads.',
    `Let the gateway send the token in the header ${tokenHeaderOf(options)}, or name the header that it sends on the provider’s page.`,
  )
const subjectUnusable = failed(
  'sub',
  'subject_mismatch',
  'Subject',
  'The subject ("sub") is too long to tell a person by.',
)
const userUnknown = failed(
  'grant',
  'user_unknown',
  'Person',
  'No account is linked to this subject, and this provider does not add people.',
  'Let the provider add people who come for the first time, or link the subject to an account through POST /v2/users/{userId}/links.',
)

const refusalOf = (check: Check): Verdict => ({
  accepted: false,
  decisive: check,
  checks: [check],
  header: null,
  claims: null,
  key: null,
  grant: null,
})

/** An accepted token whose bearer is refused all the same. */
const withFailure = (verdict: Verdict, check: Check): Verdict => ({
  ...verdict,
  accepted: false,
  decisive: check,
  checks: [...verdict.checks.filter(({ id }) => id !== check.id), check],
  grant: null,
})
