import { runJob } from '@/lib/analysis-thread/run-job'
import { AppError, type FieldIssue } from '@/lib/errors'
import type { ChangeJudgement } from '@/lib/model/change-judgement'
import type { FindingAnswer } from '@/lib/model/posture'
import { cutText } from '@/lib/trust/cut-text'
import type { RuleId } from '@/lib/trust/posture/finding'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import { ownerOf } from '../access'
import type { Context } from '../context'
import { subjectOfDraft } from '../posture/trust-subject'
import { lastInForce } from './last-in-force'

/** Why a change is made, as the caller says it. */
export type Justification = {
  /** Whether the change fails without what it demands; false for APIs that cannot say it. */
  isRequired: boolean
  reason?: string | undefined
  /** Rules whose findings are accepted, each by its id. */
  override?: { rules: readonly string[]; reason: string } | undefined
}

/** What the audit entry of a change says of it. */
export type ChangeNote = { reason?: string | undefined; raised?: readonly RuleId[]; overridden?: readonly RuleId[] }

/**
 * Judges a change of a trust before it is stored, outside its transaction: it takes up to some hundred milliseconds. Where no
 * justification is required, a change that is not judged in time is noted without what it raises.
 * @param before null = the trust is new, or what is stored of it cannot be read
 * @throws AppError `rule` (`override_needed`, `reason_needed`), `too-many`, `unavailable`
 */
export async function judgeChange(
  ctx: Context,
  { before, draft }: { before: Trust | null; draft: TrustDraft },
  { isRequired, reason, override }: Justification = { isRequired: false },
): Promise<ChangeNote> {
  const at = ctx.now()
  const old = before && !before.unreadable ? subjectOfDraft(before, at) : null
  const isSwitchedOn = old !== null && !old.policy.enabled && draft.enabled
  const inForce = isRequired && before && isSwitchedOn ? await lastInForce(ctx.db, before) : null
  const judging = runJob(
    'change',
    { before: old, after: subjectOfDraft(draft, at), lastInForce: inForce },
    ownerOf(ctx),
  )
  // Switching a trust off asks for nothing, so it does not wait for others' analyses.
  const mustBeJudged = isRequired && draft.enabled
  const judged = mustBeJudged ? await judging : await inTime(judging)
  if (isRequired && judged) requireJustified(judged, { reason, override })
  const given = new Set(override?.rules)
  const overridden = judged?.blocking.map(({ id }) => id as RuleId).filter((id) => given.has(id)) ?? []
  return { reason: override?.reason ?? reason, raised: judged?.raised ?? [], overridden }
}

/** How long a change waits for a judgement that only its audit entry needs. */
const noteMsMax = 1000

async function inTime(judging: Promise<ChangeJudgement>): Promise<ChangeJudgement | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), noteMsMax)
  })
  return Promise.race([judging.catch(() => null), late]).finally(() => clearTimeout(timer))
}

function requireJustified(
  { blocking, needsReason, widened }: ChangeJudgement,
  { reason, override }: Pick<Justification, 'reason' | 'override'>,
): void {
  const open = blocking.filter(({ id }) => !override?.rules.includes(id))
  if (open.length > 0) throw overrideNeeded(open, blocking)
  if (!needsReason || override || reason) return
  const [first] = widened
  const where = first ? ` (${[first.id, ...exampleOf(first)].join(': ')})` : ''
  const message = `With this change an enabled trust accepts tokens that it did not accept when it was last enabled${where}. Send it with \`reason\`, which is audited.`
  throw new AppError('rule', message, {
    reason: 'reason_needed',
    fields: [{ path: ['reason'], code: 'reason_needed', message: 'Say why more is to be accepted.' }],
  })
}

function overrideNeeded(open: readonly FindingAnswer[], blocking: readonly FindingAnswer[]): AppError {
  const named = [...new Map(open.map(({ id, title }) => [id, title]))].map(([id, title]) => `${id} (${title})`)
  const rules = JSON.stringify([...new Set(blocking.map(({ id }) => id))])
  const message =
    `An enabled trust must not have these findings: ${named.join(', ')}. Correct what \`fields\` names, save the trust with ` +
    `\`enabled: false\`, or accept the risk with \`override: {"rules": ${rules}, "reason": "…"}\`, which is audited.`
  const fields = open.map(
    ({ id, path, message, witness }): FieldIssue => ({
      path,
      code: id,
      message: witness === undefined ? message : `${message} For example, this gets in: ${witness}`,
    }),
  )
  return new AppError('rule', message, { reason: 'override_needed', fields })
}

/** A value that only the changed trust accepts, where one is known. */
function exampleOf({ accepted }: ChangeJudgement['widened'][number]): string[] {
  if (!accepted) return []
  return ['absent' in accepted ? 'absent' : cutText(JSON.stringify(accepted.value), 200)]
}
