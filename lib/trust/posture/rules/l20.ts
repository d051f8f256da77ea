import { exactRule } from '../exact-rule'
import type { Found } from '../finding'
import { fixOf, withRules } from '../fix'
import { boundTo, type Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l20 = definePostureRule({
  id: 'L20',
  severity: 'high',
  title: 'A condition accepts more than it seems to',
  why: 'A pattern with wildcards at both ends asks only that a text occurs somewhere, and names and branches can hold any text. An e-mail address that the issuer has not verified is whatever a person typed.',
  opens: 'The identity, to everyone who can put the text into a name, or register the address.',
  remedy: 'Begin the pattern with what is fixed. Require `email_verified` beside `email`.',
  sources: ['octo-sts: 16 of 18 policies use a pattern', 'kubernetes#123675', 'The nOAuth class of attacks'],
  needs: [],
  find: (reading) => [...contained(reading), ...unverifiedMail(reading)],
})

/** Patterns that begin and end in a wildcard, on claims that name a caller. */
const contained = ({ bound }: Reading): Found[] =>
  bound
    .filter(
      ({ rule, claim }) => rule.path === 'sub' || (claim && claim.class !== 'gate' && claim.class !== 'ephemeral'),
    )
    .flatMap(({ allowed, rule }) =>
      allowed
        .filter(({ kind, text }) => kind === 'pattern' && /^\*+[^*?]{2,}.*\*$/.test(text))
        .map(({ path, text }) => ({
          path,
          message: `${JSON.stringify(text)} accepts every ${rule.path} in which the text occurs somewhere.`,
          witness: text.replace(/^\*+/, 'evil-').replace(/\*+$/, '-x').replaceAll('*', 'x'),
        })),
    )

function unverifiedMail(reading: Reading): Found[] {
  const [mail] = boundTo(reading, 'email').filter(({ isRequired }) => isRequired)
  const isVerified = boundTo(reading, 'email_verified').some(({ isRequired }) => isRequired)
  if (!mail || isVerified || hasStrongerIdentity(reading)) return []
  const message = 'The e-mail address is compared, and whether the issuer has verified it is not.'
  const fix = fixOf(reading, 'Require email_verified', withRules(exactRule(reading.policy, 'email_verified', ['true'])))
  return [{ path: mail.path, message, fix }]
}

/** An exact subject names the account, whatever its address is. */
const hasStrongerIdentity = (reading: Reading) =>
  boundTo(reading, 'sub').some(({ allowed }) => allowed.length > 0 && allowed.every(({ kind }) => kind === 'exact'))
