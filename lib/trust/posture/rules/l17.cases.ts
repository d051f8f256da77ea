import { defineCases, plain, trustOf } from '../cases'

const grant = (ttlSeconds: number, ttlSecondsMax = ttlSeconds) => ({ grant: { ttlSeconds, ttlSecondsMax } })
const living = (seconds: number) => ({
  seen: { accepted: 1, lastAcceptedAt: 0, life: { least: seconds, greatest: seconds } },
})

export const l17Cases = defineCases({
  rule: 'L17',
  raises: [
    { title: 'thirty days, the default of Infisical', subject: plain({ grant: {} }), path: ['grant', 'ttlSeconds'] },
    { title: 'no limit', subject: plain(grant(0, 0)), says: '90 d' },
    {
      title: 'a short token that can be renewed for days',
      subject: plain(grant(900, 172_800)),
      path: ['grant', 'ttlSecondsMax'],
    },
    {
      title: 'four times the life of its source, and more',
      subject: plain(grant(1201), living(300)),
      says: 'live 5 min',
    },
  ],
  silent: [
    { title: 'fifteen minutes', subject: plain(grant(900)) },
    { title: 'a day', subject: plain(grant(86_400)) },
    { title: 'four times the life of its source', subject: plain(grant(1200), living(300)) },
    { title: 'a TTL of 0 under a maximum of ten minutes', subject: plain(grant(0, 600)) },
    {
      title: 'a trust that issues no access tokens',
      subject: {
        policy: trustOf({ ...grant(0, 0), options: { jwtEndpoint: 'https://portal.acme.dev/jwt' } }, 'sign-in'),
        preset: null,
      },
    },
  ],
})
