import { defineCases, of, only, sampleOf } from '../cases'

const classic = 'repo:acme/payments:ref:refs/heads/main'
const immutable = 'repo:acme@6154722/payments@966304329:ref:refs/heads/main'
const seen = (...subjects: { sub: string; id: string | null }[]) => ({
  seen: { accepted: 1, lastAcceptedAt: 0, subjects },
})
const both = seen({ sub: classic, id: '966304329' }, { sub: immutable, id: '966304329' })

export const l56Cases = defineCases({
  rule: 'L56',
  raises: [
    {
      title: 'the older form accepted',
      subject: of('github', [only('sub', classic)], {}, { ...both, sample: sampleOf('github', 'classic') }),
      says: immutable,
    },
    {
      title: 'the newer form accepted',
      subject: of('github', [only('sub', immutable)], {}, { ...both, sample: sampleOf('github') }),
      says: classic,
      hasNoFix: true,
    },
  ],
  silent: [
    { title: 'both forms accepted', subject: of('github', [only('sub', classic, immutable)], {}, both) },
    {
      title: 'one form seen',
      subject: of('github', [only('sub', classic)], {}, seen({ sub: classic, id: '966304329' })),
    },
    {
      title: 'another branch of the other form',
      subject: of(
        'github',
        [only('sub', classic)],
        {},
        seen({ sub: classic, id: '1' }, { sub: immutable.replace('main', 'dev'), id: '1' }),
      ),
    },
    {
      title: 'no record',
      subject: of('github', [only('sub', classic)], {}, { seen: { accepted: 0, lastAcceptedAt: null } }),
      isUnknown: true,
    },
  ],
})
