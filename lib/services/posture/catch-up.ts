import type { Urgency } from '@/lib/bounded-queue'
import { judgeTrusts } from './judge-trusts'
import { isStale, type KnownPostures, type KnownTrust, notePostures } from './known-postures'
import type { Judging } from './trust-subject'

/** Trusts that are judged in one go: with their attack stories, and without; in the background fewer, as requests wait for a batch. */
const [batchTrusts, partialTrusts, backgroundTrusts] = [20, 100, 5]

type CatchingUp = {
  organizationId: string
  known: KnownPostures
  urgency: Urgency
  /** Asked before every batch; false ends the work for now. */
  mayGoOn: () => boolean | Promise<boolean>
}

/**
 * Judges the trusts of an organization whose posture is not known, or not of now. Of very many, the attack stories are left for the
 * background.
 */
export async function catchUp(judging: Judging, catching: CatchingUp): Promise<void> {
  const due = [...catching.known.trusts.values()].filter(isStale)
  await judgeAll(judging, due, { ...catching, withStories: due.length <= batchTrusts })
}

type Background = CatchingUp & {
  /** What was judged before this instant is judged again: some rules depend on the time, and on logins. */
  olderThan: Date
  /** Waits after a batch that took so many milliseconds. */
  pause: (batchMs: number) => Promise<void>
}

/** The same in the background, for what was left as well. */
export async function catchUpWhole(judging: Judging, { olderThan, ...catching }: Background): Promise<void> {
  const due = [...catching.known.trusts.values()].filter(
    (trust) => isStale(trust) || trust.posture?.isPartial || (trust.posture && trust.posture.judgedAt < olderThan),
  )
  await judgeAll(judging, due, { ...catching, withStories: true })
}

type Judgement = CatchingUp & { withStories: boolean; pause?: Background['pause'] }

async function judgeAll(
  judging: Judging,
  due: readonly KnownTrust[],
  { organizationId, urgency, withStories, mayGoOn, pause }: Judgement,
): Promise<void> {
  const ids = due.map(({ id }) => id)
  const whole = urgency === 'urgent' ? batchTrusts : backgroundTrusts
  const size = withStories ? whole : partialTrusts
  for (let at = 0; at < ids.length && (await mayGoOn()); at += size) {
    const startedMs = performance.now()
    const judged = await judgeTrusts(judging, ids.slice(at, at + size), { urgency, withStories })
    notePostures(organizationId, judged, judging.now())
    await pause?.(performance.now() - startedMs)
  }
}
