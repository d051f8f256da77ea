import { defineCases, of, only, ownAudience, sampleOf } from '../cases'

const id = only('repository_id', '966304329')
const heard = (...audiences: string[][]) => ({
  sample: sampleOf('github'),
  seen: { accepted: 2, lastAcceptedAt: 0, audiences },
})
const sole = {
  path: 'aud',
  matcher: { kind: 'subset-of' as const, values: [ownAudience] },
  whenAbsent: 'refuse' as const,
}

export const l09Cases = defineCases({
  rule: 'L09',
  raises: [
    {
      title: 'two audiences on record, at a shared issuer',
      subject: of('github', [id], {}, heard([ownAudience], [ownAudience, 'https://other.dev'])),
      says: 'https://other.dev',
    },
    { title: 'an issuer that lists audiences', subject: of('vela', [only('repo', 'acme/web')]) },
  ],
  silent: [
    { title: 'one audience on record', subject: of('github', [id], {}, heard([ownAudience])) },
    {
      title: 'no further audience accepted',
      subject: of('github', [id, sole], {}, heard([ownAudience, 'https://other.dev'])),
    },
    {
      title: 'lists of one, at an issuer of one’s own',
      subject: of('kubernetes', [only('sub', 'system:serviceaccount:payments:api')]),
    },
    { title: 'no record', subject: of('github', [id]), isUnknown: true },
  ],
})
