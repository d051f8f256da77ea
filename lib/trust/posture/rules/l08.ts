import { findClaim, stringsOf } from '../../claims'
import { audienceClaimOf, audienceRules, foreignExample, isFixedAudience, isForeignAudience } from '../audience'
import { exactRule } from '../exact-rule'
import type { Fix } from '../finding'
import { fixOf, withRules, withValues } from '../fix'
import type { BoundClaim, Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l08 = definePostureRule({
  id: 'L08',
  severity: 'high',
  blocksEnabling: true,
  title: 'Tokens for other services are accepted',
  why: 'The audience says for which service a token was made. Every service that receives a token with an audience that is accepted here can pass it on. Well-known audiences, such as the one for AWS, are in the tokens that many jobs send to many services.',
  opens: 'The identity, to any service that the job sends a token to, and to anyone who reads its logs.',
  remedy:
    'Have the job ask for a token with an audience of its own, this installation’s URL, and accept that one alone.',
  sources: [
    'RFC 8725 §3.9',
    'HCSEC-2024-11 and OpenBao GH-263: an audience of text was not compared',
    'SPIFFE JWT-SVID §7.2',
    'octo-sts, PyPI and npm have audiences of their own',
  ],
  needs: [],
  find(reading) {
    const rules = audienceRules(reading)
    const name = audienceClaimOf(reading)
    const foreign = foreignExample(rules)
    if (rules.length === 0) {
      const message = `No rule requires an audience (${name}).`
      return [{ path: ['rules'], message, fix: bindAudience(reading, name) }]
    }
    const [rule] = rules
    const wide = rules.flatMap(wideValues)[0]
    if (!rule) return []
    if (foreign !== null && wide && !rules.some(isListed)) {
      const message = `The audience ${JSON.stringify(wide.text)} also fits those of other services.`
      return [{ path: wide.path, message, witness: foreign, fix: replaceWide(reading, rule) }]
    }
    const listed = rules.find(isListed)
    if (!listed || listed.allowed.some(({ text }) => !isForeignAudience(text) || isFixedAudience(reading, text)))
      return []
    const value = listed.allowed[0]
    const message = `Tokens with the audience ${JSON.stringify(value?.text ?? '')} are made for another service, by many.`
    return [{ path: value?.path ?? listed.path, message, fix: addOwn(reading, listed) }]
  },
})

/** The patterns that are allowed; where nothing is allowed by name, the values that are denied. */
const wideValues = ({ allowed, denied }: BoundClaim) =>
  allowed.length === 0 ? denied : allowed.filter(({ kind }) => kind === 'pattern')

const isListed = ({ allowed }: BoundClaim) => allowed.length > 0 && allowed.every(({ kind }) => kind !== 'pattern')

const sampleAudience = ({ sample }: Reading, name: string): string[] =>
  sample ? stringsOf(findClaim(sample, name) ?? null).filter((text) => !isForeignAudience(text)) : []

function bindAudience(reading: Reading, name: string): Fix | undefined {
  const own = name === 'aud' && reading.ownAudience !== undefined ? [reading.ownAudience] : []
  const values = [...new Set([...own, ...sampleAudience(reading, name)])]
  if (values.length === 0) return undefined
  return fixOf(
    reading,
    `Require the audience ${values.join(' or ')}`,
    withRules(exactRule(reading.policy, name, values)),
  )
}

/** The own audience beside the others, so that nothing breaks while the jobs are changed. */
function addOwn(reading: Reading, { at, rule }: BoundClaim): Fix | undefined {
  const own = reading.ownAudience
  if (own === undefined || rule.path !== 'aud') return undefined
  return fixOf(
    reading,
    `Add ${own}, and remove the other when the jobs ask for it`,
    withValues(at, (old) => [...old, own]),
  )
}

function replaceWide(reading: Reading, { at, rule, allowed }: BoundClaim): Fix | undefined {
  const exact = allowed.filter(({ kind }) => kind === 'exact').map(({ text }) => text)
  const own = rule.path === 'aud' && reading.ownAudience !== undefined ? [reading.ownAudience] : []
  const values = [...new Set([...exact, ...own, ...sampleAudience(reading, rule.path)])]
  if (values.length === 0) return undefined
  return fixOf(
    reading,
    `Accept ${values.join(' or ')} alone`,
    withValues(at, () => values),
  )
}
