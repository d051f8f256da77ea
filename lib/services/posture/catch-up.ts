import type { Urgency } from '@/lib/bounded-queue'
import { perProcess } from '@/lib/per-process'
import { judgeTrusts } from './judge-trusts'
import { isStale, type KnownPostures, type KnownTrust, notePostures, revise, staleOf } from './known-postures'
import type { Judging } from './trust-subject'

/** Trusts that are judged in one go, with their attack stories and without; in the background fewer, as requests wait for a batch. */
const batchTrusts = {
  urgent: { whole: 20, partial: 100 },
  ordinary: { whole: 5, partial: 20 },
} as const satisfies Record<Urgency, object>

/** While very many are judged, lists show what was found so far after so long. */
const reviseAfterMs = 5_000

type Judgement = {
  organizationId: string
  urgency: Urgency
  /** Asked before every batch; false ends the work for now. */
  mayGoOn: () => boolean | Promise<boolean>
  withStories: boolean
  /** Waits after a batch that took so many milliseconds. */
  pause?: (batchMs: number) => Promise<void>
}

/** How long the trusts are judged that a request found not judged. */
const requestMsMax = 1_500

/** Organizations whose trusts are being judged beside the requests that found them so. */
const hurrying = perProcess<Set<string>>('posture-hurrying')

/**
 * Judges the trusts of an organization whose posture is not known, or not of now: those of one batch before it returns, and more of
 * them for a moment after it. The rest, and the attack stories of very many, are left for the background.
 */
export async function catchUp(judging: Judging, organizationId: string, known: KnownPostures): Promise<void> {
  const due = staleOf(known)
  const { whole, partial } = batchTrusts.urgent
  const untilMs = performance.now() + requestMsMax
  const judge = () => {
    const mayGoOn = () => performance.now() < untilMs
    return judgeAll(judging, due, { organizationId, urgency: 'urgent', mayGoOn, withStories: due.length <= whole })
  }
  if (due.length <= partial) return judge()
  hurrying.value ??= new Set()
  const all = hurrying.value
  if (all.has(organizationId)) return
  all.add(organizationId)
  // What fails is judged in the background, which tells why.
  judge()
    .catch(() => {})
    .finally(() => all.delete(organizationId))
}

type Background = Required<Pick<Judgement, 'organizationId' | 'mayGoOn' | 'pause'>> & {
  known: KnownPostures
  /** What was judged before this instant is judged again: some rules depend on the time, and on logins. */
  olderThan: Date
}

/** The same in the background, for what was left as well. What was found in very many is known before the stories of any. */
export async function catchUpWhole(judging: Judging, { known, olderThan, ...pace }: Background): Promise<void> {
  const background = { ...pace, urgency: 'ordinary' } as const
  const stale = staleOf(known)
  if (stale.length > batchTrusts.urgent.whole) await judgeAll(judging, stale, { ...background, withStories: false })
  const due = [...known.trusts.values()].filter(
    (trust) => isStale(trust) || trust.posture?.isPartial || (trust.posture && trust.posture.judgedAt < olderThan),
  )
  await judgeAll(judging, due, { ...background, withStories: true })
}

async function judgeAll(
  judging: Judging,
  due: readonly KnownTrust[],
  { organizationId, urgency, withStories, mayGoOn, pause }: Judgement,
): Promise<void> {
  const ids = due.map(({ id }) => id)
  const size = batchTrusts[urgency][withStories ? 'whole' : 'partial']
  let revisedAtMs = performance.now()
  try {
    for (let at = 0; at < ids.length && (await mayGoOn()); at += size) {
      const startedMs = performance.now()
      const judged = await judgeTrusts(judging, ids.slice(at, at + size), { urgency, withStories })
      notePostures(organizationId, judged, judging.now())
      if (performance.now() - revisedAtMs > reviseAfterMs) {
        revise(organizationId)
        revisedAtMs = performance.now()
      }
      await pause?.(performance.now() - startedMs)
    }
  } finally {
    if (ids.length > 0) revise(organizationId)
  }
}
