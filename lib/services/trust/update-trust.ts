import type { z } from 'zod'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import { toPublished } from '@/lib/trust/published-trust'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { controlColumns, decidesAnew } from './control'
import type { Guard } from './create-trust'
import { findTrustIn, type TrustKey } from './find-trust'
import { type ChangeNote, type Justification, judgeChange } from './judge-change'
import { nextSequence } from './next-sequence'
import { requireProjectOf } from './project'
import { requireChangeable } from './require-changeable'
import { requireReplaced } from './require-replaced'
import { requireSound } from './require-sound'
import { requireTrustRank } from './require-trust-rank'
import { changeTrust } from './trust-rows'

type Change = (before: Trust) => z.input<typeof TrustDraft>

/**
 * Changes a trust. `change` makes the new draft from the stored one, so what a caller does not mention is kept, and no
 * change is lost when several come at once: it may be called more than once.
 * @param versionExpected the version the caller read; null = whatever is stored
 * @param guard throws, in the transaction, where this change must not be made
 * @param justification what the caller says of findings and of what the change lets in; see `judgeChange`
 * @throws AppError `not-found`, `forbidden` (rank, static), `rule` (unsound, unjustified), `precondition` (another version is stored)
 */
export async function updateTrust(
  ctx: Context,
  key: TrustKey,
  change: Change,
  versionExpected: number | null = null,
  { guard, justification }: { guard?: Guard | undefined; justification?: Justification } = {},
): Promise<Trust> {
  const { organizationId } = requireAccess(ctx, 'write')
  for (let attempts = 1; ; attempts++) {
    const before = await findTrustIn(ctx.db, organizationId, key)
    // Asked again in the transaction; here, so that who may not make a change is not told what it lacks.
    const mayChange = (draft: TrustDraft) => requireTrustRank(ctx.db, { ...ctx, organizationId }, { before, draft })
    await mayChange(before)
    const draft = await changedDraft(before, change, versionExpected)
    await mayChange(draft)
    const note = await judgeChange(ctx, { before, draft }, justification)
    const changed = await store(
      ctx,
      key,
      async (stored) => {
        if (stored.id === before.id && stored.version === before.version) return { draft, note }
        // What another act has changed meanwhile was not judged.
        if (!justification?.isRequired) return { draft: await changedDraft(stored, change, versionExpected), note: {} }
        if (attempts < attemptsMax) return null
        throw changedMeanwhile(stored.version)
      },
      guard,
    )
    if (changed) return changed
  }
}

/** How often a change is judged while others change the same trust. */
const attemptsMax = 10

/** Returns null, and changes nothing, where `changeOf` returns null for what is stored. */
async function store(
  ctx: Context,
  key: TrustKey,
  changeOf: (before: Trust) => Promise<{ draft: TrustDraft; note: ChangeNote } | null>,
  guard?: Guard,
): Promise<Trust | null> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const { organizationId } = ctx
    const before = await findTrustIn(tx, organizationId, key)
    const made = await changeOf(before)
    if (!made) return null
    const { draft, note } = made
    await requireTrustRank(tx, ctx, { before, draft })
    const sequence = await nextSequence(tx, organizationId)
    await guard?.(tx, draft)
    const projectId = await requireProjectOf(tx, ctx, organizationId, draft)
    const control = decidesAnew(before, draft) ? controlColumns(ctx) : {}
    const trust = toTrust(
      await changeTrust(
        tx,
        before.id,
        {
          ...toTrustColumns(draft),
          ...control,
          projectId,
          version: before.version + 1,
          sequence,
          updatedAt: ctx.now(),
        },
        ctx,
      ),
    )
    await record(tx, ctx, {
      action: 'trust.updated',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      before: toPublished(before),
      after: toPublished(trust),
      ...note,
    })
    return trust
  })
}

/** Returns what a change makes of a stored trust. @throws AppError as `updateTrust` */
async function changedDraft(before: Trust, change: Change, versionExpected: number | null): Promise<TrustDraft> {
  requireChangeable(before)
  if (versionExpected !== null && before.version !== versionExpected) throw changedMeanwhile(before.version)
  const draft = TrustDraft.parse(change(before))
  if (before.unreadable) requireReplaced(before, draft, change)
  await requireSound(draft)
  return draft
}

const changedMeanwhile = (version: number) =>
  new AppError(
    'precondition',
    `This trust was changed since you read it (it is at version ${version} now). Read it again and repeat your change.`,
    { reason: 'version_differs' },
  )
