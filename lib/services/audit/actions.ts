import type { AuditAction, auditActions } from '@/lib/model/audit-actions'
import type { RuleId } from '@/lib/trust/posture/finding'
import type { Context } from '../context'

/** Records that a request may leave: entries of the audit, or the decision on a token. */
export type Recorded = AuditAction | 'decision'

/** An act to put on record, with as much of before and after as the row of its action says. */
export type AuditRecord = { [Action in AuditAction]: RecordOf<Action> }[AuditAction]

export type RecordOf<Action extends AuditAction> = {
  action: Action
  target?: { kind: string; id: string; name: string }
  /** Where the act itself decides it (first-run setup, a refused sign-in). */
  organizationId?: string | null
  actor?: Context['actor']
  /** Why, in the words of the actor. */
  reason?: string | undefined
  /** Rules whose findings the act adds to a trust, and those of them that the actor overrode. */
  raised?: readonly RuleId[]
  overridden?: readonly RuleId[]
} & States<(typeof auditActions)[Action]>

type States<Row> = (Row extends { before: true } ? { before: unknown } : { before?: never }) &
  (Row extends { after: true }
    ? { after: unknown }
    : Row extends { after: string }
      ? { after?: unknown }
      : { after?: never })
