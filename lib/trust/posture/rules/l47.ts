import type { Found } from '../finding'
import { definePostureRule } from '../rule'

/** Kinds of tokens that prove something only together with another proof, or that are made for another purpose (RFC 8725 §3.11). */
const otherPurposes = new Set([
  ...['dpop+jwt', 'wit+jwt', 'wpt+jwt', 'oauth-id-jag+jwt', 'client-authentication+jwt'],
  ...['entity-statement+jwt', 'logout+jwt', 'kb+jwt', 'secevent+jwt'],
])

export const l47 = definePostureRule({
  id: 'L47',
  severity: 'high',
  title: 'A token of another purpose was accepted',
  why: 'Some tokens count only with a proof that their bearer holds a key, or only at another place. Taken as a bearer token, a copy of one is enough.',
  opens: 'The identity, to a copy of a token that alone was never meant to be enough.',
  remedy: 'Have the issuer make a plain token for this audience.',
  sources: [
    'RFC 8725 §3.11',
    'RFC 7800',
    'WIMSE drafts',
    'Identity assertion authorization grant (ID-JAG)',
    'RFC 9068',
  ],
  needs: ['seen'],
  find({ seen }) {
    if (!seen.headerTypes && seen.hasConfirmation === undefined) return { noData: 'header types of recorded logins' }
    const types = (seen.headerTypes ?? []).filter((type) =>
      otherPurposes.has(type.toLowerCase().replace(/^application\//, '')),
    )
    const found: Found[] = types.map((type) => ({
      path: ['rules'],
      message: `A token of type ${JSON.stringify(type.slice(0, 100))} was accepted.`,
    }))
    if (seen.hasConfirmation) {
      found.push({
        path: ['rules'],
        message: 'A token that is bound to a key ("cnf") was accepted without a proof of that key.',
      })
    }
    return found
  },
})
