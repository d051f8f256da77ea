import { z } from 'zod'
import { toTrust } from '@/lib/db/trust-row'
import { type Acceptance, acceptsForm, type SubjectForm } from '@/lib/trust/migration/accepted-forms'
import { type Added, addImmutable } from '@/lib/trust/migration/add-immutable'
import { type FormUse, type MigrationState, migrationState } from '@/lib/trust/migration/migration-state'
import { type Retired, retireClassic } from '@/lib/trust/migration/retire-classic'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { presetOf } from '@/lib/trust/presets'
import type { Preset } from '@/lib/trust/presets/preset'
import type { Trust } from '@/lib/trust/trust'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { type SubjectUses, subjectUsesOf } from './subject-uses'

/** Days of logins that count. */
const daysBack = 90

export const MigrationQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** The id after which the page begins. */
  after: Uuid.optional(),
})

/** What one click would do, and to which values of the subject. */
export type MigrationStep = { change: 'add-immutable' | 'retire-classic'; values: string[] }

/** A trust of GitHub Actions on its way from the classic to the immutable subject. */
export type Migrating = {
  trust: Trust
  identityName: string | null
  state: MigrationState
  accepts: Record<SubjectForm, Acceptance>
  /** Values of the rule on the subject. */
  subjects: string[]
  uses: Record<SubjectForm, FormUse>
  logins: SubjectUses['logins']
  step: MigrationStep | null
  /** Why there is no step where one is due. */
  hindrance: string | null
}

/** Trusts of GitHub Actions, in the order of their ids, each with the forms of its subject that it accepts and that came. */
export async function listSubjectMigration(
  ctx: Context,
  query: z.input<typeof MigrationQuery>,
): Promise<{ trusts: Migrating[]; next: string | null }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, after } = MigrationQuery.parse(query)
  const rows = await ctx.db.trust.findMany({
    where: { organizationId, issuer: { startsWith: githubIssuer }, ...(after ? { id: { gt: after } } : {}) },
    include: { identity: { select: { name: true } } },
    orderBy: { id: 'asc' },
    take: limit + 1,
  })
  const trusts: Migrating[] = []
  for (const row of rows.slice(0, limit)) {
    const trust = toTrust(row)
    if (trust.unreadable) continue
    const { migrating } = await judgeMigration(ctx, trust)
    trusts.push({ ...migrating, identityName: row.identity?.name ?? null })
  }
  return { trusts, next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null }
}

/** Of enterprises, the name follows. */
const githubIssuer = 'https://token.actions.githubusercontent.com'

/** Where a trust is, and the trust after the next step; null where none is due. */
export async function judgeMigration(
  { db, now }: Pick<Context, 'db' | 'now'>,
  trust: Trust,
): Promise<{ migrating: Omit<Migrating, 'identityName'>; next: Next | null }> {
  const [preset, at] = [github(), now().getTime()]
  const { uses, ids, logins } = await subjectUsesOf(db, trust, preset, new Date(at - daysBack * dayMs))
  const rules = trust.rules.filter(({ path }) => path === 'sub')
  const accepts = {
    classic: acceptsForm(rules, preset, 'classic'),
    immutable: acceptsForm(rules, preset, 'immutable'),
  }
  const state = migrationState({
    ...{ accepts, uses, isBound: rules.length > 0 },
    ...{ changedAt: seconds(trust.updatedAt.getTime()), now: seconds(at) },
  })
  const next = nextOf(state, trust, preset, ids)
  const migrating = {
    ...{ trust, state, accepts, uses, logins },
    subjects: rules.flatMap(({ matcher }) => ('values' in matcher ? matcher.values : [])),
    step: next?.ok ? { change: next.change, values: next.values } : null,
    hindrance: next && !next.ok ? next.why : null,
  }
  return { migrating, next }
}

type Next = { change: MigrationStep['change'] } & (Added | Retired)

function nextOf(state: MigrationState, policy: JudgedPolicy, preset: Preset, ids: SubjectUses['ids']): Next | null {
  if (state === 'breaks' || state === 'broken') return { change: 'add-immutable', ...addImmutable(policy, ids) }
  return state === 'retire' ? { change: 'retire-classic', ...retireClassic(policy, preset) } : null
}

const dayMs = 86_400_000

const seconds = (ms: number) => Math.floor(ms / 1000)

/** The preset with both forms of the subject. */
function github(): Preset {
  const preset = presetOf('github')
  if (!preset) throw new Error('The preset of GitHub Actions is not registered.')
  return preset
}
