import { type ItemRow, readItem } from './review-row'

/** An item as files have it: what was there, and what was decided. */
export function toReviewLine(row: ItemRow) {
  const { number, kind, thingId, name, takenAt, isWide, reason, decidedAt, decidedByName } = row
  const { decision, snapshot, former } = readItem(row)
  const { sentence = null, role = null, lastUsedAt = null, ownerName = null, findings = [] } = snapshot ?? {}
  return {
    ...{ number, kind, thingId, name, takenAt, sentence, role, lastUsedAt, owner: ownerName },
    findings: findings.map(({ id, severity, title }) => `${id} ${severity}: ${title}`).join('; '),
    ...{ isWide, isJudged: (snapshot?.judged ?? 'failed') === 'yes', decision, reason, decidedAt, decidedByName },
    ...{ overrode: former?.decision ?? null, overrodeByName: former?.decidedByName ?? null },
    overrodeReason: former?.reason ?? null,
  }
}
export type ReviewLine = ReturnType<typeof toReviewLine>

/** Its members, in their order. */
export const reviewLineColumns = [
  ...(['number', 'kind', 'thingId', 'name', 'takenAt', 'sentence', 'role', 'lastUsedAt', 'owner'] as const),
  ...(['findings', 'isWide', 'isJudged', 'decision', 'reason', 'decidedAt', 'decidedByName'] as const),
  ...(['overrode', 'overrodeByName', 'overrodeReason'] as const),
] satisfies (keyof ReviewLine)[]
