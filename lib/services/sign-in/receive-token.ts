import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { bareToken } from '@/lib/trust/engine/token'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'
import { shownVerdict, signIn } from '@/lib/trust/kinds'
import { type SignInOptions, tokenHeaderOf } from '@/lib/trust/kinds/sign-in'
import type { Trust } from '@/lib/trust/trust'
import { record } from '../audit/record'
import { type Context, inTransaction, isTaken } from '../context'
import { seal } from '../installation/seal'
import { liveFor } from '../live-for'
import { countedLogin } from '../login/counted-login'
import { isUnchanged } from '../login/is-unchanged'
import { judge } from '../login/judge'
import { parsedTrust } from '../login/parsed-trusts'
import { recordDecision } from '../login/record-decision'
import { sha256Hex } from '../sha256-hex'
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
  const { location } = await countedLogin(signIn.kind, async () =>
    attempt(ctx, arrival, await takeIntent(ctx, arrival)),
  )
  return { location }
}

async function attempt(ctx: Context, arrival: Arrival, intent: Intent): Promise<Attempt> {
  const trust = parsedTrust(intent.trust)
  const options = signIn.is(trust) ? trust.options : null
  const token = options && tokenIn(arrival.headers, options)
  // As it is now, not as it was when the sign-in began.
  const isOpen = options !== null && trust.enabled && (intent.purpose === 'intent' || options.isOffered)
  // What cannot be read is no longer open or closed, and the owner is told so.
  const verdict = isOpen || trust.unreadable ? await verdictOn(ctx, trust, token) : refusalOf(inactive)
  const secret = newSecret()
  const settled = await settle(ctx, intent, { trust, options, token: token ?? '', verdict, secret })
  if (!settled) return attempt(ctx, arrival, await withStoredTrust(ctx, intent))
  const { check, userId } = settled
  return check
    ? { accepted: false, check, location: failureOf(ctx, intent, check) }
    : { accepted: true, location: successOf(intent, secret, userId) }
}

type Attempt = { accepted: true; location: string } | { accepted: false; check: Check; location: string }

/** The trust was changed while the token was judged by it. @throws AppError `malformed` when it was removed */
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

async function verdictOn(ctx: Context, trust: Trust, token: string | null) {
  if (token === null && !trust.unreadable) return refusalOf(headerMissing)
  const verdict = shownVerdict(trust.kind, await judge(ctx, trust, token ?? ''))
  ctx.ledger.judged(trust, verdict)
  return verdict.accepted && subjectOf(verdict.claims) === null ? withFailure(verdict, subjectUnusable) : verdict
}

type Settlement = {
  trust: Trust
  options: SignInOptions | null
  token: string
  verdict: Verdict
  secret: string
}

/**
 * Keeps what came of it, all or nothing; again from the start when two first sign-ins of one person met. Null, and nothing
 * is kept, when the trust is no longer what the token was judged by.
 */
async function settle(ctx: Context, intent: Intent, settlement: Settlement) {
  const person = intent.purpose === 'intent' ? await seal('sign-in-state', jsonText(settlement.verdict.claims)) : null
  for (let attempt = 1; ; attempt++) {
    try {
      return await settleOnce(ctx, intent, settlement, person)
    } catch (error) {
      if (error instanceof TrustChanged) return null
      if (attempt >= 3 || !isTaken(error)) throw error
    }
  }
}

/** Undoes the transaction, with the person it may have added. */
class TrustChanged extends Error {}

async function settleOnce(
  ctx: Context,
  intent: Intent,
  { trust, options, token, verdict: judged, secret }: Settlement,
  person: string | null,
) {
  const tokenHash = await sha256Hex(secret)
  return inTransaction(ctx, async (tx) => {
    const user =
      judged.accepted && options
        ? await linkPerson(tx, ctx, { trust, options, claims: claimsOf(judged), intent })
        : null
    const verdict = judged.accepted && !user && intent.purpose === 'session' ? withFailure(judged, userUnknown) : judged
    // Asked after the person is held: a role that is raised from now on waits, and ends this sign-in.
    if (!(await isUnchanged(tx, trust))) throw new TrustChanged()
    const { organizationId } = trust
    await recordDecision(tx, ctx, { organizationId, identity: null, trust, method: signIn.kind, token, verdict })
    await tx.signInIntent.update({
      where: { id: intent.id },
      data: verdict.accepted
        ? { status: 'succeeded', tokenHash, userId: user?.id ?? null, person, ...longer(ctx, intent) }
        : { status: 'failed' },
    })
    if (!verdict.accepted) {
      await record(tx, ctx, {
        action: 'session.refused',
        organizationId,
        target: { kind: 'trust', id: trust.id, name: trust.name },
        after: { provider: trust.name, reason: verdict.decisive?.reason },
      })
    }
    return { check: verdict.decisive, userId: user?.id ?? null }
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

const failed = (id: Check['id'], reason: string, title: string, message: string): Check => ({
  id,
  status: 'fail',
  title,
  message,
  reason,
  trusted: true,
})

const inactive = failed('method', 'provider_inactive', 'Provider', 'Nobody signs in through this provider now.')
const headerMissing = failed(
  'token.shape',
  'token_header_missing',
  'Token',
  'The request brought no token in the header that this provider reads.',
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
  'Nobody here is linked to this subject, and this provider does not add people.',
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
