import { AppError, invalidField } from '@/lib/errors'
import type { ItemDecision, ItemPatch, ReviewedKind, ReviewSnapshot } from '@/lib/model/access-review'
import { itemDecisions } from '@/lib/model/access-review-facts'
import type { ItemRow } from './review-row'

type State = { kind: ReviewedKind; decision: ItemDecision; seen: ReviewSnapshot | null }

/** Asks whether a thing, as it is, can be decided on so. @throws AppError `rule`, `invalid` */
export function requireDecidable({ decision }: ItemPatch, { kind, decision: made, seen }: State): void {
  if (made === 'removed') throw ruled('This was removed; that cannot be undone here.', 'item_removed')
  if (!seen && decision !== 'remove') throw ruled('It no longer exists. Decide to remove it.', 'thing_gone')
  if (decision === 'narrow' && kind === 'token') {
    const message = 'An access token cannot become narrower. Keep it or remove it.'
    throw invalidField(['decision'], message, 'not_narrowable')
  }
  if (decision === 'keep' && seen?.judged === 'waiting') {
    throw ruled('Its findings are still being judged. Load it again in a moment, and look at them.', 'being_judged')
  }
}

/**
 * Asks whether a decision overrides another one on purpose: it names the version that it overrides, and says why.
 * @throws AppError `conflict` (with who decided what), `invalid` (a reason is needed)
 */
export function requireOverride({ version, reason }: ItemPatch, item: ItemRow, made: ItemDecision): void {
  if (version !== undefined && version !== item.version) throw decidedMeanwhile(item, made, 'decided_meanwhile')
  if (made === 'undecided') return
  if (version === undefined) throw decidedMeanwhile(item, made, 'decided_already')
  if (reason === undefined) {
    throw invalidField(['reason'], `Say why “${itemDecisions[made]}” is overridden.`, 'reason_needed')
  }
}

function decidedMeanwhile(item: ItemRow, decision: ItemDecision, reason: string): AppError {
  const { version, decidedByName, decidedAt } = item
  const what =
    decision === 'undecided'
      ? 'The decision on it has been withdrawn'
      : `${decidedByName ?? 'A former actor'} decided “${itemDecisions[decision]}” on it${decidedAt ? ` on ${minuteOf(decidedAt)}` : ''}`
  const message = `${what}. To override that, give version ${version} and a reason.`
  return new AppError('conflict', message, { reason })
}

const minuteOf = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Asks for the reason where one is needed. @throws AppError `invalid` */
export function requireReason(
  { decision, reason }: ItemPatch,
  { isWide, judged }: Pick<ReviewSnapshot, 'isWide' | 'judged'>,
): void {
  if (reason !== undefined || decision === 'narrow') return
  if (decision === 'remove') throw reasonNeeded('Say why it is removed.')
  if (isWide) throw reasonNeeded('Say why it is kept: it has a critical or high finding, or lets an attack story in.')
  if (judged !== 'yes') throw reasonNeeded('Say why it is kept: what it lets in could not be judged.')
}

const reasonNeeded = (message: string) => invalidField(['reason'], message, 'reason_needed')
const ruled = (message: string, reason: string) => new AppError('rule', message, { reason })
