import { storedOrNull } from '@/lib/db/stored-json'
import { EvaluationAnswer } from '@/lib/model/evaluation'
import type { TokenInboxAnswer } from '@/lib/model/token-inbox'

type Row = { id: string; createdAt: Date; expiresAt: Date; caughtAt: Date | null; evaluation: string | null }

/** Returns an inbox as its owner sees it. A verdict that cannot be read counts as none. */
export const toInbox = ({ id, createdAt, expiresAt, caughtAt, evaluation }: Row): TokenInboxAnswer => ({
  id,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  caughtAt: caughtAt?.toISOString() ?? null,
  evaluation: storedOrNull(evaluation, EvaluationAnswer),
})

/** What an audit entry is about. */
export const inboxTarget = ({ id }: { id: string }) => ({ kind: 'token-inbox', id, name: 'Token inbox' })
