import { classifyHost } from '../../host-address'
import { parseWrittenIp } from '../../ip-range'
import { definePostureRule } from '../rule'
import { remoteSources } from '../source-url'

export const l34 = definePostureRule({
  id: 'L34',
  severity: 'medium',
  title: 'Keys come from a private or unusual address',
  why: 'A key URL is fetched by this server, with its place in the network. A private address, a bare number or an unusual port makes it a way to reach what only this server can reach, and is often a mistake.',
  opens: 'Requests to internal services, and keys from any machine that takes over the address.',
  remedy: 'Use a public https URL with a name, or paste the keys. Private addresses must be allowed one by one.',
  sources: ['OWASP: server-side request forgery', 'IANA special-purpose address registries'],
  needs: [],
  find: ({ policy }) =>
    remoteSources(policy).flatMap(({ path, url }) => {
      const problem = url && problemOf(url)
      return problem ? [{ path, message: `Keys are fetched from ${url.host}: ${problem}.` }] : []
    }),
})

function problemOf(url: URL): string | null {
  if (url.username !== '' || url.password !== '') return 'the URL carries a password'
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  const verdict = classifyHost(host)
  if (!verdict.public) return `this is no public address (${verdict.kind}, ${verdict.rfc})`
  if (parseWrittenIp(host.replace(/^\[|\]$/g, ''))) return 'a number instead of a name'
  if (!host.includes('.') || /\.svc(\.|$)|\.cluster\.local$/.test(host)) return 'a name of one network alone'
  return url.port !== '' && url.port !== '443' ? `port ${url.port}` : null
}
