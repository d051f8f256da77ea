import { audienceRules } from '../audience'
import { fixOf, withRules } from '../fix'
import { isSharedIssuer } from '../issuer'
import { definePostureRule } from '../rule'

export const l09 = definePostureRule({
  id: 'L09',
  severity: 'high',
  title: 'A token for several services is accepted',
  why: 'A token that lists several audiences is good at each of them, so each can use it at the others. On an issuer that many customers share, a stranger decides what is in the list.',
  opens: 'The identity, to each other service in the list.',
  remedy: 'Accept a token only when every audience in it is yours.',
  sources: ['SPIFFE JWT-SVID §7.2', 'PyPI `strict_aud`', 'RFC 7519 §4.1.3'],
  needs: ['preset'],
  find(reading) {
    const { preset, seen } = reading
    if (!isSharedIssuer(reading)) return []
    const rules = audienceRules(reading)
    if (rules.some(({ rule }) => rule.matcher.kind === 'subset-of')) return []
    const list = seen?.audiences?.find((audiences) => audiences.length > 1)
    if (!preset.audience.isList && !list) return seen?.audiences ? [] : { noData: 'audiences of recorded logins' }
    const values = rules.flatMap(({ allowed }) =>
      allowed.filter(({ kind }) => kind === 'exact').map(({ text }) => text),
    )
    const path = preset.audience.claim
    const fix =
      values.length > 0
        ? fixOf(
            reading,
            'Accept no further audience in the list',
            withRules({ path, matcher: { kind: 'subset-of', values: [...new Set(values)] }, whenAbsent: 'refuse' }),
          )
        : undefined
    const message = list
      ? `A token for ${list.slice(0, 5).join(' and ')} was accepted.`
      : `Tokens of ${preset.title} list their audiences, and one of them is enough.`
    return [{ path: rules[0]?.path ?? ['rules'], message, fix }]
  },
})
