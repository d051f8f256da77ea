import { toChangedDraft, toDraft as toJwtDraft } from '@/lib/apis/infisical/jwt-auth/mapper'
import { JwtAuthInput } from '@/lib/apis/infisical/jwt-auth/wire'
import { toDraft as toOidcDraft } from '@/lib/apis/infisical/oidc-auth/mapper'
import { OidcAuthAttach } from '@/lib/apis/infisical/oidc-auth/wire'
import type { Db } from '@/lib/db/client'
import { revokeAccessToken } from '@/lib/services/access-token/revoke-access-token'
import { attachTokenAuth, createToken } from '@/lib/services/access-token/token-auth'
import { createIdentity } from '@/lib/services/identity/create-identity'
import { removeIdentity } from '@/lib/services/identity/remove-identity'
import { updateIdentity } from '@/lib/services/identity/update-identity'
import { createTrust } from '@/lib/services/trust/create-trust'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'
import type { Trust } from '@/lib/trust/trust'
import { type Attachment, labels, type Machine } from './machine'
import type { People } from './people'

/** A machine with its identity and every version its trust has had, oldest first. */
export type Enrolled = {
  machine: Machine
  identity: { id: string; name: string }
  versions: Trust[]
  /** Since when its trust is frozen. */
  frozenAt?: Date
}

const from = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

/** Creates a machine's identity and trust and changes it as it was changed, each act at its time. */
export async function enrol(machine: Machine, people: People, daysAgo: (days: number) => Date): Promise<Enrolled> {
  const { at, actors } = people
  const { admin } = actors
  const created = machine.createdDaysAgo
  const identity = await createIdentity(at({ at: daysAgo(created), actor: admin, ...from }), machine.identity)
  const draft = { ...toDraft(identity, machine.attachment) }
  const versions = [await createTrust(at({ at: daysAgo(created - 0.004), actor: admin, ...from }), draft)]
  for (const { daysAgo: days, by, input } of machine.changes ?? []) {
    const ctx = at({ at: daysAgo(days), actor: actors[by], ...from })
    const changed = await updateTrust(ctx, { identityId: identity.id, kind: 'jwt' }, (before) => {
      const after = toChangedDraft(before, JwtAuthInput.parse(input))
      if (!after) throw new Error(`${identity.name} cannot be changed through this API`)
      return after
    })
    versions.push(changed)
  }
  return { machine, identity, versions }
}

export function toDraft({ id, name }: { id: string; name: string }, attachment: Attachment) {
  if (attachment.method === 'oidc') return toOidcDraft(id, name, OidcAuthAttach.parse(attachment.input))
  const draft = toJwtDraft(id, name, JwtAuthInput.parse(attachment.input))
  return attachment.lifetime ? { ...draft, lifetime: attachment.lifetime } : draft
}

/** Identities that are handed their tokens, one that is gone, and the small acts of three months. */
export async function smallActs(people: People, enrolled: Enrolled[], daysAgo: (days: number) => Date): Promise<void> {
  const { at, actors } = people
  const by = (actor: keyof People['actors'], days: number) => at({ at: daysAgo(days), actor: actors[actor], ...from })

  const metrics = await createIdentity(by('admin', 77), {
    name: 'metrics-forwarder',
    role: 'no-access',
    metadata: labels({ team: 'platform' }),
  })
  await attachTokenAuth(by('admin', 76.9), metrics.id, { ttlSeconds: 7_776_000, ttlSecondsMax: 7_776_000 })
  const first = await createToken(by('admin', 76.8), metrics.id, 'collector-1')
  await createToken(by('member', 30.2), metrics.id, 'collector-2')
  await revokeAccessToken(by('member', 30.1), first.id)

  const exporter = await createIdentity(by('admin', 44), {
    name: 'audit-exporter',
    role: 'auditor',
    metadata: labels({ team: 'security', purpose: 'sends the audit to the archive' }),
  })
  await attachTokenAuth(by('admin', 43.9), exporter.id, {
    ttlSeconds: 2_592_000,
    ttlSecondsMax: 7_776_000,
    trustedIps: ['192.0.2.55'],
  })
  await createToken(by('admin', 12.5), exporter.id, 'archive')

  const jenkins = await createIdentity(by('member', 89), { name: 'old-jenkins', role: 'no-access' })
  const [deployer] = enrolled
  if (deployer?.machine.attachment.method === 'jwt') {
    const draft = toDraft(jenkins, deployer.machine.attachment)
    await createTrust(by('member', 88.9), draft)
    await removeTrust(by('admin', 61), { identityId: jenkins.id, kind: 'jwt' })
  }
  await removeIdentity(by('admin', 60.9), jenkins.id)

  const named = (name: string) => enrolled.find(({ identity }) => identity.name === name)?.identity.id ?? ''
  await updateIdentity(by('member', 55), named('docs-publisher'), {
    metadata: labels({ team: 'docs', system: 'GitLab CI', runbook: 'RB-114' }),
  })
  await updateIdentity(by('admin', 40), named('terraform-apply'), { hasDeleteProtection: true })
  await updateIdentity(by('admin', 18), named('mobile-signing'), { role: 'no-access', hasDeleteProtection: true })
}

/** Prisma stamps `updatedAt` with the real time; puts in when things were changed and last used, in the audit as well. */
export async function settleTimes(db: Db, enrolled: Enrolled[], lastLogins: Map<string, Date>): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE "Identity" SET "updatedAt" = "createdAt"`
    await tx.$executeRaw`UPDATE "Trust" SET "updatedAt" = "createdAt" WHERE "identityId" IS NULL`
    await tx.$executeRaw`UPDATE "AuditEntry"
      SET "after" = json_set("after", '$.updatedAt', replace("at", '+00:00', 'Z'))
      WHERE "after" ->> 'updatedAt' IS NOT NULL`
    await tx.$executeRaw`UPDATE "AuditEntry"
      SET "before" = json_set("before", '$.updatedAt', "before" ->> 'createdAt')
      WHERE "before" ->> 'updatedAt' IS NOT NULL AND ("targetKind" = 'identity' OR "before" ->> 'version' = 1)`
    for (const { identity, versions, machine } of enrolled) {
      const created = versions[0]?.createdAt ?? new Date()
      const changes = machine.changes ?? []
      const last = changes.length > 0 ? versions.at(-1)?.updatedAt : created
      await tx.trust.updateMany({ where: { identityId: identity.id }, data: { updatedAt: last ?? created } })
      const login = lastLogins.get(identity.id) ?? null
      const lastLoginMethod = login ? machine.attachment.method : null
      await tx.identity.update({
        where: { id: identity.id },
        data: { lastLoginAt: login, lastLoginMethod, updatedAt: created },
      })
    }
  })
}
