import { LRUCache } from 'lru-cache'
import { newRequestId } from '@/lib/ids'
import { perProcess } from '@/lib/per-process'
import { decodeToken } from '@/lib/trust/engine/token'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { addressKey } from '../address-key'
import type { Context } from '../context'
import { logFailed } from '../failure-log'
import { raiseSoon } from '../incident/raise-soon'
import { canaryCheck, plantedIn } from '../login/canary'
import { keepLogin } from '../login/keep-login'

/** Uses of a decoy token that are recorded at once, of those of half a second; further ones are recorded together when it is over. */
export const atOnceMax = 5
/** Addresses whose further uses are told apart in half a second; those of more are counted with others of their token. */
export const addressesMax = 200
/** Records that are being written; where there are as many, the database is slow, and uses wait to be recorded together. */
const recordingMax = 500
/** So that every use is recorded, and its alarm raised, within a second. */
const gatherMs = 500

type Use = { ctx: Context; decoyId: string; sent: string; times: number }
type Uses = {
  recording: Set<Promise<void>>
  /** Of each decoy token, when its half second began and how often it was used since. */
  gathered: LRUCache<string, { sinceMs: number; count: number }>
  waiting: Map<string, Use>
  /** Runs while some wait. */
  timer: ReturnType<typeof setTimeout> | null
}

const holder = perProcess<Uses>('decoy-uses')
const usesOfProcess = () => {
  holder.value ??= { recording: new Set(), gathered: new LRUCache({ max: 10_000 }), waiting: new Map(), timer: null }
  return holder.value
}

/**
 * Records a use of a decoy token beside the request, once this has been answered. In a flood of uses those of one address are two records a second,
 * which count them all.
 */
export function recordUseSoon(ctx: Context, decoyId: string, sent: string): void {
  const uses = usesOfProcess()
  const use = { ctx, decoyId, sent, times: 1 }
  if (isFew(uses, decoyId, ctx.now().getTime()) && uses.recording.size < recordingMax) {
    record(uses, use, new Promise((resolve) => setTimeout(resolve, 0)))
    return
  }
  const address = `${decoyId} ${addressKey(ctx.ip)}`
  const key = uses.waiting.has(address) || uses.waiting.size < addressesMax ? address : decoyId
  const waiting = uses.waiting.get(key)
  if (waiting) waiting.times += 1
  else uses.waiting.set(key, use)
  uses.timer ??= setTimeout(() => recordWaiting(uses), gatherMs)
}

/** Resolves when every use so far is recorded. */
export async function allUsesRecorded(): Promise<void> {
  const uses = usesOfProcess()
  do {
    await Promise.all(uses.recording)
    recordWaiting(uses)
  } while (uses.recording.size > 0)
}

function isFew({ gathered }: Uses, decoyId: string, nowMs: number): boolean {
  const known = gathered.get(decoyId)
  const isCurrent = known && nowMs >= known.sinceMs && nowMs - known.sinceMs < gatherMs
  const few = isCurrent ? known : { sinceMs: nowMs, count: 0 }
  if (!isCurrent) gathered.set(decoyId, few)
  few.count += 1
  return few.count <= atOnceMax
}

function recordWaiting(uses: Uses): void {
  if (uses.timer) clearTimeout(uses.timer)
  uses.timer = null
  if (uses.recording.size >= recordingMax) {
    uses.timer = setTimeout(() => recordWaiting(uses), gatherMs)
    return
  }
  const waiting = [...uses.waiting.values()]
  uses.waiting.clear()
  for (const use of waiting) record(uses, use, Promise.resolve())
}

function record({ recording }: Uses, use: Use, begin: Promise<void>): void {
  const recorded = begin
    .then(() => recordUse(use))
    .catch((error: unknown) => {
      const { decoyId, times, ctx } = use
      logFailed(error, 'a use of a decoy token could not be recorded', {
        decoyId,
        times,
        ip: ctx.ip,
        via: ctx.via ?? null,
      })
    })
    .then(() => void recording.delete(recorded))
  recording.add(recorded)
}

/** A refused login in the records, of the identity that the decoy token names. */
async function recordUse({ ctx, decoyId, sent, times }: Use): Promise<void> {
  const decoy = await ctx.db.decoyToken.findUnique({
    where: { id: decoyId },
    include: { identity: { select: { id: true, name: true } } },
  })
  // Removed meanwhile.
  if (!decoy) return
  const { organizationId, identity, name, place } = decoy
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
  const decisionId = await keepLogin(own, found, 'token', verdict, null, { id: decoyId, times })
  raiseSoon(ctx, { log: organizationId, decisionId, of: decoyId })
}
