import { nameTaken } from '@/lib/model/alarm'
import { createDecoyToken } from '@/lib/services/decoy-token/create-decoy-token'
import { createIdentity } from '@/lib/services/identity/create-identity'
import { frozenCheck } from '@/lib/services/login/freeze'
import { freezeTrust } from '@/lib/services/trust/freeze-trust'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import type { Scene } from './incidents'
import { mint } from './issuer'
import { type Attempt, attemptOf } from './logins'
import type { People } from './people'
import { seededRandom } from './random'

/** A token of a preview job is used for the first time just before it ends, and a release run opens a trust that its runs never did. */
export async function oddLogins({ named, daysAgo }: Pick<Scene, 'named' | 'daysAgo'>): Promise<Attempt[]> {
  const late = named('ci-preview-bot')
  const [release, further] = [named('ci-release-bot'), named('ci-release-canary')]
  const lateClaims = late.machine.claims(seededRandom(8), 1.3)
  // The same numbers are drawn, so that both are of one run.
  const runClaims = () => release.machine.claims(seededRandom(9), 0.6)
  return Promise.all([
    login(late, daysAgo(1.3), { claims: lateClaims, ageSeconds: 288 }),
    login(release, daysAgo(0.6), { claims: runClaims(), ageSeconds: 3 }),
    login(further, daysAgo(0.599), { claims: runClaims(), ageSeconds: 2 }),
  ])
}

async function login(
  who: Attempt['who'],
  at: Date,
  { claims, ageSeconds }: { claims: Record<string, unknown>; ageSeconds: number },
): Promise<Attempt> {
  const { issuer, ips, userAgent, lifeSeconds } = who.machine
  const iat = Math.floor(at.getTime() / 1000) - ageSeconds
  const said = { iss: issuer.url, iat, exp: iat + (lifeSeconds ?? 300), ...claims }
  return { who, at, token: await mint({ key: issuer.keys[0], claims: said }), ip: ips[0], userAgent }
}

/** The pipeline of the mobile app was deleted, and made again under the same name: its trust is frozen since. */
export async function freezeMobile({ named, daysAgo, stranger }: Scene, { at }: People): Promise<Attempt> {
  const who = named('mobile-signing')
  const when = daysAgo(0.35)
  const trust = who.versions.at(-1)
  if (!trust) throw new Error('mobile-signing has no trust')
  const ids = { before: '0190a4f2-5d1c-4f6e-9b1a-6c2f8e7d1a01', after: '0193b7c8-11ae-4c02-8f5d-2b90c4e6d702' }
  const told = { claim: 'pipeline_slug', name: 'mobile-ios', idClaim: 'pipeline_id', ...ids }
  await freezeTrust(at({ at: when }), trust, { ...told, nameHash: await sha256Hex(told.name) })
  who.frozenAt = when
  const message = `“mobile-ios” (pipeline_slug) came with the pipeline_id ${ids.after}, and had ${ids.before} before. The trust is frozen.`
  const refusedBy = { ...frozenCheck, title: 'Same name, other id', reason: nameTaken, message }
  const attempt = await attemptOf(who, when, { random: seededRandom(10), daysAgo: 0.35, stranger })
  return { ...attempt, refusedBy }
}

/** An identity that opens nothing, with a decoy token in a vault. */
export async function plantCanary({ at, actors }: People, daysAgo: (days: number) => Date): Promise<void> {
  const by = at({ at: daysAgo(52), actor: actors.admin, ip: '203.0.113.7' })
  const canary = await createIdentity(by, {
    name: 'legacy-root',
    role: 'no-access',
    isCanary: true,
    canaryPlace: 'The wiki page “Emergency access”',
  })
  await createDecoyToken(by, canary.id, { name: 'vault-staging', place: 'The vault of the staging cluster' })
}
