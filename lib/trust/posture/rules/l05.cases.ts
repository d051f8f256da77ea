import { defineCases, plain, unparsed } from '../cases'

const allowing = (...algorithms: string[]) => ({ policy: unparsed({ algorithms }), preset: null })

export const l05Cases = defineCases({
  rule: 'L05',
  raises: [
    { title: 'none beside RS256', subject: allowing('RS256', 'none'), path: ['algorithms'], says: 'none' },
    { title: 'an HMAC algorithm', subject: allowing('HS256') },
    { title: 'an empty list', subject: allowing() },
    { title: 'none in other letters', subject: allowing('NONE', 'ES256') },
  ],
  silent: [
    { title: 'RS256 alone', subject: plain({ algorithms: ['RS256'] }) },
    { title: 'every asymmetric algorithm', subject: plain({ algorithms: undefined }) },
  ],
})
