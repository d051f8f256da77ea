import type { JsonObject } from '@/lib/trust/json/json'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import type { JudgedPolicy, PostureSubject } from '@/lib/trust/posture/subject'
import { type Terminal, WrongUsage } from '../command'
import { readJson } from '../trust-files/read-json'
import { type FiledTrust, readTrusts } from '../trust-files/read-trusts'
import { readClaims } from './read-claims'

export type FiledSubject = FiledTrust & { subject: PostureSubject }

/** Reads every trust of some files, with what the options add. Claims that an option gives come before those of a file. @throws WrongUsage */
export async function readSubjects(
  files: readonly string[],
  { claims, audience }: { claims?: string; audience?: string },
  terminal: Pick<Terminal, 'stdin' | 'pathOf'>,
): Promise<FiledSubject[]> {
  const given = claims === undefined ? undefined : await readClaims(claims, terminal)
  const own = ownAudienceOf(audience)
  const trusts: FiledTrust[] = []
  for (const file of files) trusts.push(...readTrusts(file, await readJson(file, terminal)))
  return trusts.map((filed) => {
    const sample = given ?? filed.claims
    return { ...filed, subject: subjectOf(filed.trust, { ...(sample ? { sample } : {}), ...own }) }
  })
}

/** Reads a file with one trust. @throws WrongUsage */
export async function readSubject(file: string, terminal: Pick<Terminal, 'stdin' | 'pathOf'>): Promise<FiledSubject> {
  const [only, ...more] = await readSubjects([file], {}, terminal)
  if (only && more.length === 0) return only
  throw new WrongUsage(`${file} holds ${more.length + (only ? 1 : 0)} trusts; give a file with one.`)
}

function subjectOf(policy: JudgedPolicy, known: { sample?: JsonObject; ownAudience?: string }): PostureSubject {
  return { policy, preset: presetOfTrust(policy, known.sample), now: Math.floor(Date.now() / 1000), ...known }
}

/** @throws WrongUsage */
function ownAudienceOf(audience: string | undefined) {
  if (audience === undefined) return {}
  if (audience.trim() === '') throw new WrongUsage('--audience is empty; give the URL of your installation.')
  return { ownAudience: audience }
}
