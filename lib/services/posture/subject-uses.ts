import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { type SubjectForm, subjectForms } from '@/lib/trust/migration/accepted-forms'
import type { NamedId } from '@/lib/trust/migration/add-immutable'
import type { FormUse } from '@/lib/trust/migration/migration-state'
import type { Preset } from '@/lib/trust/presets/preset'
import { readSubject } from '@/lib/trust/presets/subject'
import type { Trust } from '@/lib/trust/trust'
import { newest } from '../list-page'

/** Logins of a trust that are looked at, the newest. */
export const loginsMax = 300

export type SubjectUses = {
  uses: Record<SubjectForm, FormUse>
  /** Ids that came with names in tokens whose signature was verified. */
  ids: NamedId[]
  /** How many logins were looked at, and whether those are all. */
  logins: { count: number; isComplete: boolean }
}

/** How tokens that were presented to a trust since a moment wrote their subject. Other refusals than the subject's do not count. */
export async function subjectUsesOf(db: Db, trust: Trust, preset: Preset, since: Date): Promise<SubjectUses> {
  const { identityId, organizationId, id: trustId } = trust
  const owner = identityId ? { identityId } : { organizationId }
  const rows = await db.decision.findMany({
    where: { ...owner, at: { gte: since } },
    ...{ orderBy: newest, take: loginsMax + 1 },
    select: { at: true, trustId: true, accepted: true, checkId: true, subject: true, claims: true },
  })
  const uses: Record<SubjectForm, FormUse> = { classic: { ...none }, immutable: { ...none } }
  const ids = new Map<string, NamedId>()
  const own = rows
    .slice(0, loginsMax)
    // The signature of a token that is refused for its subject was verified: claims are judged after it.
    .filter((row) => row.trustId === trustId && (row.accepted || row.checkId === 'sub'))
  for (const { at, accepted, subject, claims } of own) {
    const reading = subject === null ? null : readSubject(preset, subject)
    for (const one of [...idsIn(claims), ...idsOf(reading?.facts ?? {})]) ids.set(JSON.stringify(one), one)
    const form = subjectForms.find((name) => name === reading?.format.form)
    if (!form) continue
    uses[form][accepted ? 'accepted' : 'refused'] += 1
    uses[form].lastAt ??= Math.floor(at.getTime() / 1000)
  }
  return { uses, ids: [...ids.values()], logins: { count: own.length, isComplete: rows.length <= loginsMax } }
}

const none: FormUse = { accepted: 0, refused: 0, lastAt: null }

const Named = z.object({
  repository: z.string().optional().catch(undefined),
  repository_id: z.string().optional().catch(undefined),
  repository_owner: z.string().optional().catch(undefined),
  repository_owner_id: z.string().optional().catch(undefined),
})

function idsIn(claims: string | null): NamedId[] {
  const said = storedOrNull(claims, Named)
  return [...pair(said?.repository_owner, said?.repository_owner_id), ...pair(said?.repository, said?.repository_id)]
}

function idsOf({ owner, ownerId, repository, repositoryId }: Readonly<Record<string, string>>): NamedId[] {
  return [...pair(owner, ownerId), ...pair(owner && repository && `${owner}/${repository}`, repositoryId)]
}

const pair = (name: string | undefined, id: string | undefined): NamedId[] =>
  name === undefined || id === undefined ? [] : [{ name, id }]
