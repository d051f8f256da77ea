import type { AuditAction } from '@/lib/model/audit-actions'
import { jsonText } from '@/lib/trust/json/json-text'
import { addressKey } from '../address-key'
import type { Acting } from '../context'
import { type Folded, hourlyRows, placeRepeat, repeats } from '../repeats'
import type { AuditRecord } from './actions'

/**
 * Acts that change nothing of the organization and can be repeated at will: unauthenticated, with a token without a role, or by
 * a form that is being filled in. Each returns what tells one from another beside the actor. All other acts have an entry each.
 */
const repeatable: Partial<Record<AuditAction, (entry: AuditRecord) => unknown[]>> = {
  'access.refused': ({ target, after }) => [target?.id, after],
  'session.refused': ({ target, after }) => [target?.id, after],
  'session.challenged': ({ target, after }) => [target?.id, after],
  'second-factor.begun': ({ target }) => [target?.id],
  'access-token.renewed': ({ target }) => [target?.id],
  'key-source.looked-up': ({ target, after }) => [target?.id, after],
}

/** Entries of one act by one actor: so many have a row of their own in an hour. */
const ofOne = repeats({ ownMax: 10 })
const ofMany = repeats({ ownMax: 0 })

/** Rows that repeatable acts of one actor (of one address, where no actor is known), and of all, may add in an hour. */
const ofActor = hourlyRows(500)
const ofAll = hourlyRows(10_000)

/** Where an entry is written: null for a row of its own; else rows to count it into, by their request ids. */
export function placeEntry(ctx: Acting, entry: AuditRecord): Folded | null {
  const tellApart = repeatable[entry.action]
  if (!tellApart) return null
  const actor = entry.actor ?? ctx.actor
  const who = 'id' in actor ? actor.id : addressKey(ctx.ip)
  const organizationId = entry.organizationId === undefined ? ctx.organizationId : entry.organizationId
  const act = jsonText([organizationId, entry.action])
  const all = { rows: ofAll, key: '' }
  const one = jsonText([who, act, ...tellApart(entry)])
  return placeRepeat(
    [
      { repeats: ofOne, key: one, budgets: [{ rows: ofActor, key: who }, all] },
      { repeats: ofMany, key: jsonText([who, act]), budgets: [all] },
      { repeats: ofMany, key: act, budgets: [] },
    ],
    ctx.now().getTime(),
  ).folded
}
