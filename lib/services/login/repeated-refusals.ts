import { isAlarm } from '@/lib/model/alarm'
import { addressKey } from '../address-key'
import type { Context } from '../context'
import { type Folded, hourlyRows, placeRepeat, repeats } from '../repeats'
import type { DecisionInput } from './record-decision'

/** Refusals of one cause, from one address, at one identity: so many have a row of their own in an hour. */
const ofOne = repeats({ ownMax: 10 })
/** Refusals beyond that, or beyond the rows below, are counted in one row per cause. */
const ofMany = repeats({ ownMax: 0 })

/** Rows that refused logins of one address, at one identity or issuer, and at all of them may add in an hour. */
const ofAddress = hourlyRows(1_000)
const ofTarget = hourlyRows(5_000)
const ofAll = hourlyRows(20_000)
/** The same for identities that do not exist. They have their own budget, so a flood of them does not hide real refusals. */
const ofUnknown = hourlyRows(5_000)

export type RefusalPlace = {
  /** Whether the row counts refusals at several identities. */
  isMixed: boolean
  /** Null for a refusal that has a row of its own. */
  folded: Folded | null
}

/** Where a refused login is written. Unauthenticated callers can make any number of them, but not of rows. */
export function placeRefusal(
  ctx: Context,
  { organizationId, identity, trust, method, verdict, accessTokenId }: DecisionInput,
): RefusalPlace {
  const address = addressKey(ctx.ip)
  const { id, reason } = verdict.decisive ?? {}
  // What raises an alarm is few, and never counted with what raises another.
  const alarm = isAlarm({ reason: reason ?? '' }) ? [accessTokenId ?? identity?.id ?? trust?.id] : []
  const cause = JSON.stringify([organizationId, method, id, reason, ...alarm])
  // Identities that do not exist are as many as a caller likes to name.
  const who = organizationId === null ? '' : `${identity?.id ?? ''} ${trust?.id ?? ''} ${trust?.version ?? ''}`
  const target = { rows: ofTarget, key: `${identity?.id ?? trust?.id}` }
  const atAll = organizationId === null ? [{ rows: ofUnknown, key: '' }] : [target, { rows: ofAll, key: '' }]
  const budgets = [{ rows: ofAddress, key: address }, ...atAll]
  const { level, folded } = placeRepeat(
    [
      { repeats: ofOne, key: `${address} ${who} ${cause}`, budgets },
      { repeats: ofMany, key: `${address} ${cause}`, budgets: atAll },
      { repeats: ofMany, key: cause, budgets: [] },
    ],
    ctx.now().getTime(),
  )
  return { isMixed: level > 0 && alarm.length === 0, folded }
}
