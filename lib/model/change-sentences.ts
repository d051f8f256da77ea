import { cutText } from '@/lib/trust/cut-text'

/** One change in words, and what it does to what is accepted, where that is plain. */
export type ChangeSentence = { text: string; effect: 'narrower' | 'wider' | null }

type Json = unknown
type Members = Record<string, Json>

const sentencesMax = 8
const valueMax = 120

/** Members that change with every change. */
const bookkeeping = ['version', 'sequence', 'createdAt', 'updatedAt']

/** Members of which a sentence says nothing. */
const unsaid = new Set(['id', 'organizationId', 'identityId', 'unreadable', ...bookkeeping])

/** What an audit entry or a version keeps of something, without what changes with every change. */
export const withoutBookkeeping = (state: unknown): unknown =>
  isMembers(state) ? Object.fromEntries(Object.entries(state).filter(([name]) => !bookkeeping.includes(name))) : state

/**
 * Tells what a change did, from the state before and after it as audit entries keep them. The rules of a trust are told claim by claim. Of very many
 * changes the first are told, and the number of the others.
 */
export function changeSentences(before: Json, after: Json): ChangeSentence[] {
  if (!isMembers(before) || !isMembers(after)) return []
  const told = [...membersOf(before, after)].flatMap((name) => tell(name, before[name], after[name]))
  if (told.length <= sentencesMax) return told
  const more = told.length - sentencesMax + 1
  return [...told.slice(0, sentencesMax - 1), { text: `and ${more} more changes`, effect: null }]
}

function* membersOf(before: Members, after: Members) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) if (!unsaid.has(name)) yield name
}

function tell(name: string, before: Json, after: Json): ChangeSentence[] {
  if (same(before, after)) return []
  if (name === 'rules' && Array.isArray(before) && Array.isArray(after)) return tellRules(before, after)
  if (name === 'enabled') return [{ text: after ? 'enabled it' : 'disabled it', effect: after ? 'wider' : 'narrower' }]
  if (isMembers(before) && isMembers(after)) {
    return [...membersOf(before, after)].flatMap((member) => tell(`${name}.${member}`, before[member], after[member]))
  }
  if (isTexts(before) && isTexts(after)) return tellList(name, before, after)
  return [{ text: changed(name, before, after), effect: effectOf(name, before, after) }]
}

type Rule = { path: string; matcher: Members; whenAbsent?: Json }

function tellRules(before: Json[], after: Json[]): ChangeSentence[] {
  const [old, now] = [rulesByPath(before), rulesByPath(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path): ChangeSentence[] => {
    const rules = {
      gone: without(old.get(path) ?? [], now.get(path) ?? []),
      added: without(now.get(path) ?? [], old.get(path) ?? []),
    }
    const [one, other] = [rules.gone[0], rules.added[0]]
    if (one && other && rules.gone.length === 1 && rules.added.length === 1) return tellRule(path, one, other)
    return [
      ...rules.added.map((rule) => ({ text: `added the claim ${path} ${wordsOf(rule)}`, effect: 'narrower' as const })),
      ...rules.gone.map((rule) => ({ text: `removed the claim ${path} ${wordsOf(rule)}`, effect: 'wider' as const })),
    ]
  })
}

function tellRule(path: string, before: Rule, after: Rule): ChangeSentence[] {
  const [old, now] = [before.matcher.values, after.matcher.values]
  const isSameKind = before.matcher.kind === after.matcher.kind
  const told = isSameKind && isTexts(old) && isTexts(now) ? tellList(`the claim ${path}`, old, now) : []
  const isOther = told.length === 0 && !same(before.matcher, after.matcher)
  return [
    ...told,
    ...(isOther
      ? [{ text: `changed the claim ${path} from ${wordsOf(before)} to ${wordsOf(after)}`, effect: null }]
      : []),
    ...(same(before.whenAbsent, after.whenAbsent)
      ? []
      : [
          after.whenAbsent === 'allow'
            ? { text: `accepts tokens without the claim ${path}`, effect: 'wider' as const }
            : { text: `refuses tokens without the claim ${path}`, effect: 'narrower' as const },
        ]),
  ]
}

/** A list of which one value must match: each more accepts more. */
function tellList(name: string, before: readonly string[], after: readonly string[]): ChangeSentence[] {
  const isMatched = name.startsWith('the claim ') || name === 'algorithms'
  const [added, gone] = [
    after.filter((value) => !before.includes(value)),
    before.filter((value) => !after.includes(value)),
  ]
  return [
    ...added.map((value) => ({
      text: `added ${shown(value)} to ${name}`,
      effect: isMatched ? ('wider' as const) : null,
    })),
    ...gone.map((value) => ({
      text: `removed ${shown(value)} from ${name}`,
      effect: isMatched ? ('narrower' as const) : null,
    })),
  ]
}

/** Limits of which less is narrower. */
const limits = new Set([
  'grant.ttlSeconds',
  'grant.ttlSecondsMax',
  'lifetime.clockSkewSeconds',
  'lifetime.expirySkewSeconds',
])

function effectOf(name: string, before: Json, after: Json): ChangeSentence['effect'] {
  if (name === 'issuer' && before === null) return 'narrower'
  if (name === 'issuer' && after === null) return 'wider'
  if (name === 'lifetime.requireExpiry') return after ? 'narrower' : 'wider'
  if (!limits.has(name) || typeof before !== 'number' || typeof after !== 'number') return null
  return after < before ? 'narrower' : 'wider'
}

function changed(name: string, before: Json, after: Json): string {
  if (before === undefined || before === null) return `set ${name} to ${shown(after)}`
  if (after === undefined || after === null) return `removed ${name}, which was ${shown(before)}`
  if (typeof before === 'object' || typeof after === 'object') return `changed ${name}`
  return `changed ${name} from ${shown(before)} to ${shown(after)}`
}

const wordsOf = ({ matcher }: Rule) =>
  isTexts(matcher.values) ? `= ${matcher.values.map(shown).join(' or ')}` : `by ${shown(matcher.kind)}`

const shown = (value: Json): string =>
  cutText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), valueMax)

function rulesByPath(rules: readonly Json[]): Map<string, Rule[]> {
  const found = new Map<string, Rule[]>()
  for (const rule of rules) {
    if (!isMembers(rule) || typeof rule.path !== 'string' || !isMembers(rule.matcher)) continue
    const { path, matcher, whenAbsent } = rule
    found.set(path, [...(found.get(path) ?? []), { path, matcher, whenAbsent }])
  }
  return found
}

const without = (rules: readonly Rule[], others: readonly Rule[]) =>
  rules.filter((rule) => !others.some((other) => same(rule, other)))

const isMembers = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTexts = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** Stored states name their members in one order. */
const same = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other)
