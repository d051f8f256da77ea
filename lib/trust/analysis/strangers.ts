import { findClaim, stringsOf } from '../claims'
import type { Check } from '../engine/verdict'
import type { JsonObject } from '../json/json'
import type { ClaimRule } from '../policy'
import { claimOf } from '../presets/claim-of'
import type { Preset, Story } from '../presets/preset'
import { readIssuer } from '../presets/preset-for'
import { isSameToBind, storiesOf } from '../presets/stories'
import { readSubject, subjectClass } from '../presets/subject'
import { factNamesOf } from '../presets/template'
import { acceptsToken, type ClaimPolicy } from './judge-claims'
import { claimsOfTrusted, withExtra } from './trusted-job'
import { trustedJobs } from './trusted-jobs'

/**
 * The smallest change that keeps a stranger out and the trusted job in: an exact issuer, or one more rule. `isExample`: its value
 * is that of a sample, because the trust does not say the right one.
 */
export type Closing = ({ issuer: string } | { rule: ClaimRule }) & { isExample: boolean }

/** A story, as the trust's rules judge it. */
export type Stranger = {
  story: Story
  admitted: boolean
  /** What keeps it out: a rule, or, where the rules would admit it, only the keys of the trust. Null = it is admitted. */
  keptOutBy: 'rules' | 'keys' | null
  claims: JsonObject
  /** Null where the stranger is kept out by rules, and where no claim tells it from the trusted job. */
  closedBy: Closing | null
}

export type Strangers =
  | { state: 'judged'; trusted: JsonObject; strangers: Stranger[] }
  /** No token of the preset was found that the trust accepts, so that the stories say nothing about it. */
  | { state: 'no-trusted-token'; refusals: Check[] }

/**
 * Judges the attack stories of a preset by the claims alone: which strangers' tokens a trust would accept as well as that of the
 * job it is meant for.
 * @param meant a trust that describes that job more closely, as by the claims of its token
 */
export function strangers(policy: ClaimPolicy, preset: Preset, now = 1_700_000_000, meant = policy): Strangers {
  const jobs = trustedJobs(policy, preset, now, meant)
  if ('refusals' in jobs) return { state: 'no-trusted-token', refusals: jobs.refusals }
  const trusted = jobs.map((job) => claimsOfTrusted(preset, job))
  const stated = new Set(jobs.flatMap((job) => [...job.stated]))
  const isTrusted = (claims: JsonObject) => trusted.some((one) => isSameToBind(preset, one, claims))
  const told = jobs.flatMap(({ job, making, extra }) =>
    storiesOf(preset, job, making).map(({ story, tokens }) => ({
      story,
      tokens: tokens.map((claims) => withExtra(claims, extra)).filter((claims) => !isTrusted(claims)),
    })),
  )
  const judged = preset.stories.flatMap((story) => {
    const tokens = told.flatMap((one) => (one.story.id === story.id ? one.tokens : []))
    const claims = tokens.find((one) => acceptsToken(policy, one)) ?? tokens[0]
    return claims ? [judge({ policy, preset, trusted, stated }, story, claims)] : []
  })
  return { state: 'judged', trusted: trusted[0] ?? {}, strangers: judged }
}

/** `trusted`: claims of the jobs that the trust is meant for, which a change must not keep out. */
type Judging = { policy: ClaimPolicy; preset: Preset; trusted: JsonObject[]; stated: ReadonlySet<string> }

function judge(judging: Judging, story: Story, claims: JsonObject): Stranger {
  if (!acceptsToken(judging.policy, claims)) {
    return { story, admitted: false, keptOutBy: 'rules', claims, closedBy: null }
  }
  const closedBy = closing(judging, story, claims)
  return { story, admitted: !story.hasOtherKeys, keptOutBy: story.hasOtherKeys ? 'keys' : null, claims, closedBy }
}

/**
 * The first claim of the story, then of the preset, whose own values at the trusted jobs keep the stranger out. Of each list, a value
 * that the trust states comes before one of a sample.
 */
function closing(judging: Judging, { closedBy }: Story, stranger: JsonObject): Closing | null {
  const { policy, preset, trusted } = judging
  const others = ['id', 'name', 'gate', 'user'].flatMap((one) => preset.claims.filter((claim) => claim.class === one))
  for (const paths of [closedBy, others.map((claim) => claim.path)]) {
    const candidates = paths.flatMap((path) => closingBy(path, judging) ?? [])
    const closings = candidates.filter((candidate) => {
      const closed = withClosing(policy, candidate)
      return trusted.every((claims) => acceptsToken(closed, claims)) && !acceptsToken(closed, stranger)
    })
    const best = closings.find(({ isExample }) => !isExample) ?? closings[0]
    if (best) return best
  }
  return null
}

/** Returns the trust with the change. */
export function withClosing(policy: ClaimPolicy, change: Closing): ClaimPolicy {
  if ('issuer' in change) return { ...policy, issuer: change.issuer }
  return { ...policy, rules: [...policy.rules, change.rule] }
}

function closingBy(path: string, { preset, trusted, stated }: Judging): Closing | null {
  const values = new Set(trusted.map((claims) => textAt(claims, path)))
  const [value = ''] = values
  if (values.has('') || changesWithRun(path, preset, value)) return null
  const isExample = factsIn(path, preset, value).some((name) => {
    const fact = preset.facts[name]
    return fact !== undefined && fact.class !== 'gate' && !stated.has(name)
  })
  if (path === 'iss') return { issuer: value, isExample }
  return { rule: { path, matcher: { kind: 'equals-any', values: [...values] }, whenAbsent: 'refuse' }, isExample }
}

/** The first text of a claim, or nothing. */
function textAt(claims: JsonObject, path: string): string {
  const claim = findClaim(claims, path)
  return claim === undefined ? '' : (stringsOf(claim)[0] ?? '')
}

/** Names of the facts that a claim is made of. */
function factsIn(path: string, preset: Preset, value: string): readonly string[] {
  if (path === 'iss') return factNamesOf(readIssuer(preset, value)?.variant.template ?? '')
  if (path === 'sub') return factNamesOf(readSubject(preset, value)?.format.template ?? '')
  return factNamesOf(claimOf(preset, path)?.from ?? '')
}

function changesWithRun(path: string, preset: Preset, value: string): boolean {
  if (path !== 'sub') return claimOf(preset, path)?.class === 'ephemeral'
  const format = readSubject(preset, value)?.format
  return format !== undefined && subjectClass(preset, format) === 'ephemeral'
}
