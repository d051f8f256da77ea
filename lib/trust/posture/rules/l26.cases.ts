import { presetOf } from '../../presets'
import { defineCases, plain } from '../cases'

const lifetime = (changes: object) => ({ lifetime: changes })
const github = { preset: presetOf('github') }

export const l26Cases = defineCases({
  rule: 'L26',
  raises: [
    {
      title: 'no expiry required, at any age',
      subject: plain(lifetime({ requireExpiry: false })),
      path: ['lifetime', 'requireExpiry'],
    },
    {
      title: 'tokens of five minutes taken for five minutes more',
      subject: plain(lifetime({ expirySkewSeconds: 300 }), github),
      path: ['lifetime', 'expirySkewSeconds'],
      says: '300 s',
    },
  ],
  silent: [
    {
      title: 'no expiry required, within an hour of issue',
      subject: plain(lifetime({ requireExpiry: false, tokenAgeSecondsMax: 3600 })),
    },
    { title: 'a minute after expiry', subject: plain(lifetime({ expirySkewSeconds: 60 }), github) },
    {
      title: 'five minutes after expiry, of tokens that live for an unknown time',
      subject: plain(lifetime({ expirySkewSeconds: 300 })),
    },
  ],
})
