import { addressKey } from '../address-key'
import type { Context } from '../context'
import { type Folded, hourlyRows, placeRepeat, repeats } from '../repeats'
import type { DecisionInput } from './record-decision'

/** Refusals of one cause, from one address, at one identity: so many have a row of their own in an hour. */
const ofOne = repeats({ ownMax: 10 })
/** What goes on beyond that, or beyond the rows below, is one row a cause. */
const ofMany = repeats({ ownMax: 0 })

/** Rows that refused logins of one address, and of all addresses together, may add in an hour. */
const ofAddress = hourlyRows(1_000)
const ofAll = hourlyRows(20_000)

export type RefusalPlace = {
  /** Whether the row counts refusals at several identities. */
  isMixed: boolean
  /** Null for a refusal that has a row of its own. */
  folded: Folded | null
}

/** Where a refused login is written. Unauthenticated callers can make any number of them, but not of rows. */
export function placeRefusal(
  ctx: Context,
  { organizationId, identity, trust, method, verdict }: DecisionInput,
): RefusalPlace {
  const address = addressKey(ctx.ip)
  const cause = JSON.stringify([organizationId, method, verdict.decisive?.id, verdict.decisive?.reason])
  // Identities that do not exist are as many as a caller likes to name.
  const who = organizationId === null ? '' : `${identity?.id ?? ''} ${trust?.id ?? ''} ${trust?.version ?? ''}`
  const all = { rows: ofAll, key: '' }
  const { level, folded } = placeRepeat(
    [
      { repeats: ofOne, key: `${address} ${who} ${cause}`, budgets: [{ rows: ofAddress, key: address }, all] },
      { repeats: ofMany, key: `${address} ${cause}`, budgets: [all] },
      { repeats: ofMany, key: cause, budgets: [] },
    ],
    ctx.now().getTime(),
  )
  return { isMixed: level > 0, folded }
}
