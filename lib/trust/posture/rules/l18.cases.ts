import { defineCases, plain } from '../cases'

const grant = (ttlSeconds: number, ...trustedIps: string[]) => ({
  grant: { ttlSeconds, ttlSecondsMax: ttlSeconds, trustedIps },
})

export const l18Cases = defineCases({
  rule: 'L18',
  raises: [
    {
      title: 'everywhere, for two hours',
      subject: plain(grant(7200, '0.0.0.0/0', '::/0')),
      path: ['grant', 'trustedIps'],
    },
    { title: 'everywhere in two halves', subject: plain(grant(7200, '128.0.0.0/1', '0.0.0.0/1')) },
    {
      title: 'IPv4 limited and IPv6 open, however short',
      subject: plain(grant(60, '198.51.100.0/24', '::/0')),
      says: 'every IPv6 address',
    },
    { title: 'IPv6 limited and IPv4 open', subject: plain(grant(60, '0.0.0.0/0', '2a00:1450::/32')) },
  ],
  silent: [
    { title: 'everywhere, for an hour', subject: plain(grant(3600, '0.0.0.0/0', '::/0')) },
    { title: 'one network, for a day', subject: plain(grant(86_400, '198.51.100.0/24')) },
    { title: 'networks of both versions', subject: plain(grant(86_400, '198.51.100.0/24', '2a00:1450::/32')) },
    { title: 'half of all addresses', subject: plain(grant(86_400, '0.0.0.0/1')) },
  ],
})
