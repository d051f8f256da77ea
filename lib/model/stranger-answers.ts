import { acceptsToken, type ClaimPolicy } from '@/lib/trust/analysis/judge-claims'
import { type Closing, type Stranger, strangers } from '@/lib/trust/analysis/strangers'
import type { JsonObject } from '@/lib/trust/json/json'
import { jsonPatch } from '@/lib/trust/json/json-patch'
import type { ClaimRule } from '@/lib/trust/policy'
import { exactRule } from '@/lib/trust/posture/exact-rule'
import { withRules } from '@/lib/trust/posture/fix'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { Preset } from '@/lib/trust/presets/preset'
import type { FixAnswer, StrangerAnswer } from './posture'

type Judging = { policy: JudgedPolicy; preset: Preset; sample?: JsonObject | undefined; now: number }

/** Values of rules, and characters of them, above which stories are not judged: each is judged with several changes of the rules. */
const [valuesMax, charactersMax] = [500, 20_000]

/** `unknown`: why the stories say nothing. */
export type StrangerAnswers = { strangers: StrangerAnswer[]; unknown: string | null }

/** Judges the attack stories of a preset, as plain data. */
export function strangerAnswers({ policy, preset, sample, now }: Judging): StrangerAnswers {
  const values = policy.rules.flatMap(({ matcher }) => ('values' in matcher ? matcher.values : []))
  const characters = values.reduce((sum, value) => sum + value.length, 0)
  if (values.length > valuesMax || characters > charactersMax) {
    return { strangers: [], unknown: `who else gets in: the rules have ${values.length} values` }
  }
  const own = sample && acceptsToken(policy, sample) ? sample : undefined
  const judged = strangers(policy, preset, now, own && describedBy(policy, own))
  if (judged.state !== 'judged') {
    return { strangers: [], unknown: `who else gets in: no token of ${preset.title} was found that the trust accepts` }
  }
  const answers = judged.strangers.map((stranger) => toStrangerAnswer(policy, stranger))
  return { strangers: answers, unknown: null }
}

/** The trust with rules that ask for the claims of a token. */
function describedBy({ issuer, rules }: JudgedPolicy, sample: JsonObject): ClaimPolicy {
  const texts = Object.entries(sample).flatMap(([path, value]): ClaimRule[] =>
    typeof value === 'string' && !passing.has(path)
      ? [{ path, matcher: { kind: 'equals-any', values: [value] }, whenAbsent: 'refuse' }]
      : [],
  )
  const iss = typeof sample.iss === 'string' ? sample.iss : null
  return { issuer: issuer ?? iss, rules: [...rules, ...texts.slice(0, textsMax)] }
}

const passing = new Set(['iss', 'jti', 'nonce'])
const textsMax = 60

function toStrangerAnswer(policy: JudgedPolicy, { story, admitted, closedBy }: Stranger): StrangerAnswer {
  const { id, title } = story
  return { story: id, title, admitted, ...(admitted && closedBy ? { smallestFix: toFix(policy, closedBy) } : {}) }
}

/** Without changes where the value is that of a sample: only the owner knows the right one. */
function toFix(policy: JudgedPolicy, closing: Closing): FixAnswer {
  const { isExample } = closing
  const ofJob = 'what a token of the right job says'
  if ('issuer' in closing) {
    const { issuer } = closing
    const changes = isExample ? [] : jsonPatch(policy, { ...policy, issuer })
    return { label: `Require the issuer to be ${isExample ? ofJob : issuer}`, changes }
  }
  const { path, matcher } = closing.rule
  const values = 'values' in matcher ? matcher.values : []
  const bind = withRules(exactRule(policy, path, values))
  const label = `Require ${path} to be ${isExample ? ofJob : values.join(' or ')}`
  return { label, changes: isExample ? [] : jsonPatch(policy, bind(policy)) }
}
