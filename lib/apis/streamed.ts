import { AppError } from '@/lib/errors'
import type { Context } from '@/lib/services/context'
import { requireStill } from '@/lib/services/current-actor'
import { jsonText } from '@/lib/trust/json/json-text'

/** A body that is sent piece by piece while it is made, so that its length costs no memory. */
export class Streamed {
  constructor(
    readonly contentType: string,
    readonly chunks: AsyncIterator<string | Uint8Array>,
  ) {}
}

export const ndjson = 'application/x-ndjson'

/**
 * Such bodies that a process makes at a time, of one actor, of one organization and of all: each reads the database for as long as it takes. Tails have
 * places of their own, so that exports do not keep them waiting.
 */
const runningMax = { actor: 2, organization: 4, all: 12 }
export type Places = 'exports' | 'tails'
type Place = { organization: string; actor: string }
const running: Record<Places, Set<Place>> = { exports: new Set(), tails: new Set() }

/** Whether the reader still may read is asked before the first piece, and then after so many or so long. */
const askAgain = { pieces: 100, ms: 1_000 }

/** Objects as newline-delimited JSON. @throws AppError `unavailable` when too many are being made */
export const streamedJson = (of: Context, objects: AsyncIterator<unknown>, places: Places = 'exports') =>
  new Streamed(
    ndjson,
    oneOfFew(of, objects, (object) => `${jsonText(object)}\n`, places),
  )

/**
 * Texts or bytes as they are made, for as long as the actor may read. The place it takes is given back when it ends or is left.
 * @throws AppError `unavailable` when too many are being made
 */
export function oneOfFew<Item, Chunk>(
  of: Context,
  items: AsyncIterator<Item>,
  toChunk: (item: Item) => Chunk,
  places: Places = 'exports',
): AsyncIterator<Chunk> {
  const end = takePlace(of, places)
  const requireReader = askingAgain(of)
  return {
    async next() {
      try {
        await requireReader()
        const { done, value } = await items.next()
        if (!done) return { done, value: toChunk(value) }
        end()
        return { done, value: undefined }
      } catch (error) {
        end()
        await items.return?.()
        throw error
      }
    },
    async return() {
      end()
      await items.return?.()
      return { done: true, value: undefined }
    },
  }
}

/** Answers a function that throws once the actor may no longer read: a body can go on long after the person was removed. */
function askingAgain(ctx: Context): () => Promise<void> {
  let left = 0
  let askedMs = 0
  return async () => {
    left -= 1
    if (left > 0 && performance.now() - askedMs < askAgain.ms) return
    await requireStill(ctx, 'read')
    left = askAgain.pieces
    askedMs = performance.now()
  }
}

/** Answers the function that gives the place back. */
function takePlace({ organizationId, actor }: Context, places: Places): () => void {
  const all = running[places]
  const place = { organization: organizationId ?? '', actor: 'id' in actor ? actor.id : '' }
  const ofOrganization = [...all].filter(({ organization }) => organization === place.organization)
  const own = ofOrganization.filter((one) => one.actor === place.actor)
  const noun = places === 'tails' ? 'readings of events' : 'exports or verifications'
  const full = (count: number, whose: string) => {
    const message = `${count} ${noun}${whose} are under way; wait for one to end.`
    return new AppError('unavailable', message, { reason: 'too_many_exports', retryAfterSeconds: 10 })
  }
  if (own.length >= runningMax.actor) throw full(runningMax.actor, ' of yours')
  if (ofOrganization.length >= runningMax.organization) throw full(runningMax.organization, ' of your organization')
  if (all.size >= runningMax.all) throw full(runningMax.all, '')
  all.add(place)
  return () => void all.delete(place)
}
