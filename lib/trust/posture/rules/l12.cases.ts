import { defineCases, of, only, rule, sampleOf } from '../cases'

const classic = 'repo:acme/payments:ref:refs/heads/main'
const immutable = 'repo:acme@6154722/payments@966304329:ref:refs/heads/main'
const subjects = (...subs: string[]) => ({
  seen: { accepted: 1, lastAcceptedAt: 0, subjects: subs.map((sub) => ({ sub, id: '966304329' })) },
})

export const l12Cases = defineCases({
  rule: 'L12',
  raises: [
    {
      title: 'a token with ids, and a rule without',
      subject: of(
        'github',
        [only('sub', classic)],
        {},
        { ...subjects(classic, immutable), sample: sampleOf('github', 'classic') },
      ),
      severity: 'critical',
      says: immutable,
    },
    {
      title: 'ids as wildcards',
      subject: of(
        'github',
        [rule('sub', 'repo:acme@*/payments@*:ref:refs/heads/main')],
        {},
        { sample: sampleOf('github') },
      ),
    },
  ],
  silent: [
    { title: 'both forms', subject: of('github', [only('sub', classic, immutable)], {}, subjects(classic, immutable)) },
    {
      title: 'single claims with ids',
      subject: of('github', [only('repository_id', '966304329')], {}, subjects(classic, immutable)),
    },
    { title: 'tokens of the older form alone', subject: of('github', [only('sub', classic)], {}, subjects(classic)) },
    {
      title: 'a token with ids of another repository',
      subject: of('github', [only('sub', classic)], {}, subjects('repo:acme@6154722/web@1:ref:refs/heads/main')),
    },
    { title: 'no record', subject: of('github', [only('sub', classic)]), isUnknown: true },
  ],
})
