'use client'

import { Fragment } from 'react'
import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { Shown, shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { utcWords } from '@/components/ui/time-words'
import type { KeyLookup } from '@/lib/client/keys'
import { visibleText } from '@/lib/trust/unseen'

/** Answer of a source: keys and their problems, age and certificate; or the failure. */
export function KeyTable({ lookup }: { lookup: KeyLookup }) {
  const { keySet, inspected, tls, discovery, latencyMs } = lookup
  const ignored = keySet.ignored ?? []
  return (
    <div className="grid gap-1.5 text-compact">
      {keySet.status !== 'ok' && (
        <Callout tone="danger" title={keySet.message}>
          <span className="break-words">{shownText(keySet.fix)}</span>
        </Callout>
      )}
      {keySet.status === 'ok' && keySet.stale && (
        <Callout tone="attention" title="These are the last good keys">
          {shownText(keySet.stale.message)}
        </Callout>
      )}
      {ignored.length > 0 && (
        <Callout tone="attention" title="The other keys are used">
          {ignored.map(({ entry, problem }) => `Entry ${entry} of the key set ${problem}.`).join(' ')}
        </Callout>
      )}
      {inspected.length > 0 && (
        <div className="relative overflow-x-auto rounded-md border">
          <table className="w-full text-left">
            <caption className="sr-only">Keys of this source</caption>
            <thead className="bg-muted text-muted-foreground">
              <tr>
                {['kid', 'alg', 'use', 'Key', 'SHA-256'].map((name) => (
                  <th key={name} scope="col" className="h-7 whitespace-nowrap px-2 font-medium">
                    {shownText(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y">
              {inspected.map((key, at) => (
                <tr key={at} className="align-top">
                  <td className="max-w-48 truncate px-2 py-1 font-mono" title={visibleText(key.kid)}>
                    <Shown text={key.kid ?? '–'} />
                  </td>
                  <td className="px-2 py-1 font-mono">{shownText(key.alg) ?? '–'}</td>
                  <td className="px-2 py-1 font-mono">{shownText(key.use) ?? '–'}</td>
                  <td className="px-2 py-1">
                    <span className="whitespace-nowrap">{key.label}</span>
                    {key.problem && (
                      <span className="grid gap-0.5">
                        <Badge tone="attention" className="w-fit">
                          not used
                        </Badge>
                        {shownText(key.problem)}
                      </span>
                    )}
                  </td>
                  <td className="px-2 py-1">
                    {key.fingerprint && <MiddleTruncate text={key.fingerprint} head={11} tail={4} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="flex flex-wrap gap-x-3 text-muted-foreground">
        {keySet.status === 'ok' && keySet.fetchedAt !== null && (
          <span>
            fetched <TimeAgo at={keySet.fetchedAt * 1000} />
            {latencyMs > 0 && ` in ${latencyMs} ms`}
          </span>
        )}
        {tls && (
          <span className="break-words">
            TLS certificate of {shownText(tls.subject)}, until {utcWords(tls.notAfter * 1000).slice(0, 10)}
          </span>
        )}
      </p>
      {discovery && <DiscoveryFacts {...discovery} />}
    </div>
  )
}

/** Metadata of the provider (OIDC Discovery §3). */
function DiscoveryFacts({ issuer, jwksUri, algorithms }: NonNullable<KeyLookup['discovery']>) {
  const facts = [
    { name: 'issuer', words: issuer },
    { name: 'jwks_uri', words: jwksUri },
    { name: 'algorithms', words: algorithms.join(', ') || 'not said' },
  ]
  return (
    <dl aria-label="What discovery says" className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
      {facts.map(({ name, words }) => (
        <Fragment key={name}>
          <dt className="text-muted-foreground">{shownText(name)}</dt>
          <dd className="break-all font-mono">{words}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
