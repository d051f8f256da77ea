import { defineCases, ownAudience, plain, rule, trustOf } from '../cases'

const aud = rule('aud', ownAudience)
const other = (changes: Record<string, unknown>) => ({
  others: [{ id: '1', policy: { ...trustOf(changes), name: 'admin' }, preset: null }],
})

export const l27Cases = defineCases({
  rule: 'L27',
  withoutFix: 'Which of the two is to change is a person’s decision.',
  raises: [
    { title: 'the same rules', subject: plain({}, other({})), says: 'admin' },
    {
      title: 'a pattern that fits',
      subject: plain({}, other({ rules: [aud, rule('sub', 'dep*')] })),
      says: 'deployer',
    },
  ],
  silent: [
    { title: 'another subject', subject: plain({}, other({ rules: [aud, rule('sub', 'reader')] })) },
    {
      title: 'another audience',
      subject: plain({}, other({ rules: [rule('aud', 'https://other.acme.dev'), rule('sub', 'deployer')] })),
    },
    { title: 'another issuer', subject: plain({}, other({ issuer: 'https://other.acme.dev' })) },
    { title: 'a disabled trust', subject: plain({}, other({ enabled: false })) },
    { title: 'unknown others', subject: plain(), isUnknown: true },
  ],
})
