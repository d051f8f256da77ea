import { KeyValueList } from '@/components/ui/key-value-list'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { KeySourceDetail } from '@/lib/client/key-sources'
import { kindWords } from './kind-words'

/** Times and settings of a key source, and its discovery document. */
export function SourceFacts({ source }: { source: KeySourceDetail }) {
  const { discovery, latencyMs } = source
  return (
    <KeyValueList
      items={[
        { label: 'Kind', value: kindWords[source.kind] },
        {
          label: 'CA certificate',
          value: source.hasCa ? 'Its own CA, configured in the trust' : 'The CAs of the operating system',
        },
        ...(source.proxy ? [{ label: 'Fetched through', value: `the egress proxy ${source.proxy}` }] : []),
        { label: 'Last success', value: instant(source.lastSuccessAt) },
        { label: 'Last attempt', value: instant(source.lastAttemptAt) },
        { label: 'Last failure', value: instant(source.lastFailureAt) },
        { label: 'Keys are fresh until', value: instant(source.freshUntil) },
        { label: 'Latency', value: latencyMs === null ? null : `${latencyMs} ms` },
        ...(discovery
          ? [
              { label: 'Issuer', value: <code className="break-all text-compact">{shownText(discovery.issuer)}</code> },
              {
                label: 'jwks_uri',
                value: <code className="break-all text-compact">{shownText(discovery.jwksUri)}</code>,
              },
              {
                label: 'Algorithms',
                value: discovery.algorithms.length > 0 ? discovery.algorithms.join(', ') : 'It does not say',
              },
            ]
          : []),
      ]}
    />
  )
}

const instant = (at: string | null) => at && <TimeAgo at={at} />
