import { isId, newRequestId } from '@/lib/ids'
import { perProcess } from '@/lib/per-process'
import { decodeToken } from '@/lib/trust/engine/token'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { accessTokenType } from '../access-token/sign-access-token'
import type { Context } from '../context'
import { raiseSoon } from '../incident/raise-soon'
import { canaryCheck, plantedIn } from '../login/canary'
import { keepLogin } from '../login/keep-login'

/** Uses that are being recorded beside their requests; a request that comes when there are more waits for its own. */
const besideMax = 100

const recording = perProcess<Set<Promise<void>>>('decoy-uses')

/**
 * Looks whether a token that is being refused is a decoy, and raises the alarm if it is. Every refused token in the form of an access token is looked
 * up alike and what follows is done beside the request, so that its caller cannot tell.
 */
export async function noticeDecoy(ctx: Context, sent: string): Promise<void> {
  const id = decoyIdOf(sent)
  const decoy = id === null ? null : await findDecoy(ctx, id)
  if (!decoy) return
  recording.value ??= new Set()
  const uses = recording.value
  const use = recordUse(ctx, decoy, sent)
    .catch(() => undefined)
    .then(() => void uses.delete(use))
  uses.add(use)
  if (uses.size > besideMax) await use
}

/** Resolves when every use so far is recorded. */
export async function allUsesRecorded(): Promise<void> {
  await Promise.all(recording.value ?? [])
}

const include = { identity: { select: { id: true, name: true } } } as const

type Decoy = NonNullable<Awaited<ReturnType<typeof findDecoy>>>
const findDecoy = (ctx: Context, id: string) => ctx.db.decoyToken.findUnique({ where: { id }, include })

/** The `jti` of a token in the form of ours. Its signature is not looked at: keys are replaced, and a decoy that was altered was found as well. */
function decoyIdOf(sent: string): string | null {
  const { kind, header, claims } = decodeToken(sent)
  if (kind !== 'jws' || !header.ok || !claims.ok || header.value.typ !== accessTokenType) return null
  const { jti } = claims.value
  return typeof jti === 'string' && isId(jti) ? jti.toLowerCase() : null
}

/** A refused login in the records, of the identity that the decoy names. */
async function recordUse(ctx: Context, { id, organizationId, identity, name, place }: Decoy, sent: string) {
  const { header, claims } = decodeToken(sent)
  const decisive = canaryCheck(
    `The decoy token “${name}” of “${identity.name}”${plantedIn(place)}, was used${ctx.via ? ` at ${ctx.via}` : ''}.`,
  )
  const verdict: Verdict = {
    ...{ accepted: false, decisive, checks: [decisive], key: null, grant: null },
    header: header.ok ? header.value : null,
    claims: claims.ok ? claims.value : null,
  }
  const own = { ...ctx, requestId: newRequestId(), recorded: [] }
  const found = { organizationId, identity, trust: null, token: sent }
  const decisionId = await keepLogin(own, found, 'token', verdict, null, id)
  raiseSoon(ctx, { log: organizationId, decisionId })
}
