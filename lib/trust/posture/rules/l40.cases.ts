import { algorithms } from '../../algorithms'
import { defineCases, of, plain } from '../cases'

export const l40Cases = defineCases({
  rule: 'L40',
  raises: [
    {
      title: 'every algorithm, of an issuer that uses one',
      subject: of('github', [], { algorithms: [...algorithms] }),
      path: ['algorithms'],
      says: 'RS256',
    },
  ],
  silent: [
    { title: 'the algorithm that is used', subject: of('github', []) },
    { title: 'some algorithms', subject: of('github', [], { algorithms: ['RS256', 'ES256'] }) },
    { title: 'an unknown issuer', subject: plain({ algorithms: [...algorithms] }), isUnknown: true },
  ],
})
