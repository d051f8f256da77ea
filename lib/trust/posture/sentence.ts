import { shortenText } from '../cut-text'
import { durationText } from '../engine/checks/time-checks'
import { grantedSeconds } from '../grant'
import { definitionOf } from '../kinds'
import type { Preset } from '../presets/preset'
import { admissionOf, valuesOf } from './admission'
import { contextWords } from './context-words'
import { identityFactsOf } from './identity'
import { boundTo, isRestricting, type Reading, readingOf } from './reading'
import { readUrl } from './source-url'
import type { PostureSubject } from './subject'

const partCharactersMax = 80

/**
 * Returns a trust in a line for lists: whose tokens, which caller, under which circumstances, what they buy. "GitHub Actions ·
 * acme/app · branch main · 15 min"
 */
export function sentenceOf(subject: PostureSubject): string {
  const reading = readingOf(subject)
  const parts = [issuerWords(reading), ...callerWords(reading), grantWords(reading)]
  return parts.map((part) => shortenText(part, partCharactersMax)).join(' · ')
}

function issuerWords({ policy, preset }: Reading): string {
  const { issuer } = policy
  if (issuer === null) return preset ? `${preset.title}, any issuer` : 'Any issuer'
  return preset?.title ?? readUrl(issuer)?.host ?? issuer
}

function callerWords(reading: Reading): string[] {
  const { preset } = reading
  const admission = admissionOf(reading)
  if (admission.isDead) return ['no token passes']
  if (admission.rules.some(({ unknown }) => unknown.length > 0)) return [...byText(reading), 'not read as a whole']
  return preset
    ? [nameWords(reading, preset) ?? byText(reading)[0] ?? 'every caller', ...contextWords(reading, preset)]
    : byText(reading)
}

/** Owner and workload by name, else by id; null where no rule pins one. */
function nameWords(reading: Reading, preset: Preset): string | null {
  const admission = admissionOf(reading)
  const { tenant, leaf, naming } = identityFactsOf(preset)
  const order = [...tenant, ...[...naming].filter((name) => !tenant.has(name))]
  const pinned = order.flatMap((name) => {
    const values = valuesOf(admission, name)
    return values ? [{ name, values, fact: preset.facts[name] }] : []
  })
  const names = pinned.filter(({ fact }) => fact?.class === 'name')
  const ids = pinned.filter(({ fact }) => fact?.class === 'id')
  const said = names.length > 0 ? names.map(({ values }) => oneOf(values)).join('/') : null
  const workloads = new Set(leaf.flatMap((list) => list.flatMap((one) => [...one])))
  const id = ids.findLast(({ name }) => workloads.has(name)) ?? ids.at(-1)
  const isWhole = pinned.some(({ name }) => workloads.has(name)) || workloads.size === 0
  if (said !== null) return isWhole ? said : `every ${titleOf(preset, workloads)} of ${said}`
  if (!id) return null
  return isWhole
    ? `${id.fact?.title ?? id.name} ${oneOf(id.values)}`
    : `every ${titleOf(preset, workloads)} of ${oneOf(id.values)}`
}

function titleOf({ facts }: Preset, names: ReadonlySet<string>): string {
  const name = [...names].find((one) => facts[one]?.class === 'name') ?? [...names][0] ?? ''
  return facts[name]?.title.toLowerCase() ?? 'caller'
}

/** The values of the rules as they are written: of the subject, else of the first claim that limits. */
function byText(reading: Reading): string[] {
  const subject = boundTo(reading, 'sub').filter(isRestricting)
  const rules =
    subject.length > 0
      ? subject
      : reading.bound.filter((one) => !['aud', 'iss'].includes(one.rule.path) && isRestricting(one))
  const [first] = rules
  if (!first) return ['every caller']
  const texts = first.allowed.length > 0 ? first.allowed : first.denied
  const values = oneOf(texts.map(({ text }) => text))
  return [first.rule.path === 'sub' ? values : `${first.rule.path} ${values}`]
}

function grantWords({ policy }: Reading): string {
  const { issuesTokens } = definitionOf(policy.kind)
  return issuesTokens ? durationText(grantedSeconds(policy.grant)) : 'signs people in'
}

/** "acme", or "acme and 2 more". */
export const oneOf = ([first = '', ...more]: readonly string[]): string =>
  more.length > 0 ? `${first} and ${more.length} more` : first
