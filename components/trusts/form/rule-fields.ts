import { definitionOf, type Kind } from '@/lib/trust/kinds'
import { describeMatcher } from '@/lib/trust/matchers'
import { fitsList, joinList, splitList } from '@/lib/trust/matchers/glob-list'
import { type ClaimRule, rulesMax } from '@/lib/trust/policy'
import { type Field, isEmpty, type Said } from './field'
import type { Path } from './path'

/** Fields of audiences and subject. */
export const targetFields = (kind: Kind): Field[] => [audiences(kind), subject]

const audiences = (kind: Kind): Field => {
  const { audienceMatcher } = definitionOf(kind)
  return {
    path: 'audiences',
    label: 'Audiences',
    claim: 'aud',
    checks: ['aud'],
    rules: {
      fromRule: ({ path, matcher, whenAbsent }) =>
        path === 'aud' && whenAbsent === 'refuse' && matcher.kind === audienceMatcher && areWords(matcher.values)
          ? { audiences: [...matcher.values] }
          : null,
      toRules: ({ audiences }) =>
        audiences.length === 0
          ? []
          : [
              {
                value: { path: 'aud', matcher: { kind: audienceMatcher, values: audiences }, whenAbsent: 'refuse' },
                field: (rest) => (typeof rest.at(-1) === 'number' ? ['audiences', rest.at(-1) ?? 0] : ['audiences']),
              },
            ],
    },
    said: ({ rules }) => saidOf(rules, 'Audiences', ({ path }) => path === 'aud'),
  }
}

const subject: Field = {
  path: 'subject',
  label: 'Subject',
  claim: 'sub',
  checks: ['sub'],
  rules: {
    fromRule({ path, matcher, whenAbsent }) {
      if (path !== 'sub' || whenAbsent !== 'refuse' || matcher.kind !== 'glob-any' || !areWords(matcher.values))
        return null
      const [only, ...more] = matcher.values
      return only !== undefined && more.length === 0 ? { subject: only } : null
    },
    toRules: ({ subject }) =>
      subject.trim() ? [{ value: patternRule('sub', [subject.trim()]), field: () => ['subject'] }] : [],
  },
  said: ({ rules }) => saidOf(rules, 'Subject', ({ path }) => path === 'sub'),
}

/** Claims with fields of their own, which are no rows. */
const withField = ['aud', 'sub', 'iss']

const claims: Field = {
  path: 'claims',
  label: 'Bound claims',
  rules: {
    fromRule({ path, matcher, whenAbsent }) {
      if (whenAbsent !== 'refuse' || matcher.kind !== 'glob-any' || path !== path.trim()) return null
      if (withField.includes(path) || !areWords(matcher.values) || !fitsList(matcher.values)) return null
      return { claims: [{ key: path, value: joinList(matcher.values) }] }
    },
    toRules: ({ claims }) =>
      claims.flatMap(({ key, value }, at) =>
        key === '' && value === ''
          ? []
          : [
              {
                value: patternRule(key.trim(), splitList(value)),
                field: ([part]: Path) => ['claims', at, part === 'path' ? 'key' : 'value'],
              },
            ],
      ),
  },
  said: () => [],
  wording(issue, path) {
    if (isEmpty(issue)) return 'Fill this in, or remove the row.'
    const isTooMany = issue.code === 'too_big' && path.length === 1
    return isTooMany ? `A trust has at most ${rulesMax} rules, audiences and subject among them. Remove some.` : null
  },
}

/** Rules that no field can express. They return to their places, so that an unedited trust is unchanged. */
const otherRules: Field = {
  path: 'otherRules',
  label: 'Other rules',
  said: () => [],
}

/** Fields of every other claim, after all fields with a claim of their own. */
export const claimFields: Field[] = [claims, otherRules]

/** Review lines of rules whose claim has no field. */
export const saidOfOtherClaims = (rules: readonly ClaimRule[], fields: readonly Field[]): Said[] => {
  const isSaid = ({ path, matcher: { kind } }: ClaimRule) =>
    fields.some(({ rules, claim, matcher = kind }) => rules && claim === path && matcher === kind)
  return rules.filter((rule) => !isSaid(rule)).map((rule) => [`Claim ${rule.path}`, ruleWords(rule)])
}

/** Review lines of rules, under a label. */
export const saidOf = (rules: readonly ClaimRule[], label: string, isAbout: (rule: ClaimRule) => boolean): Said[] =>
  rules.filter(isAbout).map((rule) => [label, ruleWords(rule)])

const ruleWords = ({ matcher, whenAbsent }: ClaimRule) =>
  `${describeMatcher(matcher)}${whenAbsent === 'allow' ? ', or missing' : ''}`

const patternRule = (path: string, values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

/** Whether a list field can hold the values; it drops surrounding white space. */
export const areWords = (values: readonly string[]) =>
  values.length > 0 && values.every((value) => value !== '' && value === value.trim())
