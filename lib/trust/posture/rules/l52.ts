import { audienceRules } from '../audience'
import { exactMatcher } from '../exact-rule'
import type { Found } from '../finding'
import { fixOf, withRule } from '../fix'
import { boundTo, isExact } from '../reading'
import { definePostureRule } from '../rule'

export const l52 = definePostureRule({
  id: 'L52',
  severity: 'high',
  title: 'An assertion for another authorization server, or for any client, is accepted',
  why: 'An identity assertion grant is made for one authorization server and one client. Its audience is the issuer URL of that server, alone; anything wider lets an assertion for one application be used at another.',
  opens: 'The identity, to assertions that were made for other servers or clients.',
  remedy: 'Accept exactly this server’s issuer URL as the audience, and bind client_id.',
  sources: ['draft-ietf-oauth-rfc7523bis-11', 'Identity assertion authorization grant (ID-JAG)'],
  needs: ['preset'],
  find(reading) {
    const { preset, policy, ownAudience } = reading
    if (!preset.headerTypes.some((type) => /^oauth-id-jag\+jwt$/i.test(type))) return []
    const found: Found[] = []
    const rules = audienceRules(reading)
    const values = rules.flatMap(({ allowed }) => allowed)
    const isOne = rules.some((rule) => isExact(rule) && rule.allowed.length === 1)
    const [first] = rules
    if (!isOne || (ownAudience !== undefined && values.some(({ text }) => text !== ownAudience))) {
      const fix =
        first && ownAudience !== undefined
          ? fixOf(
              reading,
              `Accept ${ownAudience} alone`,
              withRule(first.at, { ...first.rule, matcher: exactMatcher(policy, [ownAudience]) }),
            )
          : undefined
      found.push({
        path: first?.path ?? ['rules'],
        message: 'The audience is not exactly one value, the issuer URL of this server.',
        fix,
      })
    }
    if (!boundTo(reading, 'client_id').some(isExact)) {
      found.push({ path: ['rules'], message: 'Assertions made for any client are accepted (client_id).' })
    }
    return found
  },
})
