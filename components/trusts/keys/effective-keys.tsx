'use client'

import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { EffectiveKey } from '@/lib/trust/engine/effective-keys'
import { readJwk } from '@/lib/trust/keys/jwk'
import type { TrustPolicy } from '@/lib/trust/policy'
import { visibleText } from '@/lib/trust/unseen'
import { type SourceState, useEffectiveKeys } from './use-effective-keys'
import { useFingerprint } from './use-fingerprint'

/** Keys that verify tokens of a draft, each with its origin, and those that do not count. */
export function EffectiveKeys({ policy }: { policy: TrustPolicy }) {
  const { found, sources } = useEffectiveKeys(policy)
  const keys = found?.keys ?? []
  const shadowed = found?.shadowed ?? []
  return (
    <section aria-label="Keys in effect" className="grid gap-2">
      <div>
        <h3 className="font-medium leading-5">Keys in effect</h3>
        <p className="text-compact text-muted-foreground">The keys that verify tokens by this draft, saved or not.</p>
      </div>
      <div aria-live="polite" className="grid gap-2 empty:hidden">
        {sources.map((state, at) => (
          <SourceNote
            key={at}
            state={state}
            staleSecondsMax={policy.keyUse?.staleSecondsMax ?? null}
            isUnavailable={found?.unavailable.some(({ source }) => policy.keys[source] === state.source) ?? false}
            rest={keys.length}
          />
        ))}
      </div>
      {keys.length + shadowed.length > 0 ? (
        <KeyRows keys={keys} shadowed={shadowed} />
      ) : (
        <p className="text-compact text-muted-foreground">None yet: no token can be verified.</p>
      )}
    </section>
  )
}

/** Problem of a source; nothing while its keys are fresh. */
function SourceNote({
  state,
  staleSecondsMax,
  isUnavailable,
  rest,
}: {
  state: SourceState
  staleSecondsMax: number | null
  /** Whether it has no keys, or none young enough. */
  isUnavailable: boolean
  /** Number of keys in spite of the problem. */
  rest: number
}) {
  if (state.kind !== 'answered') {
    return (
      <p className="text-compact text-muted-foreground">
        {state.kind === 'asking' ? 'Asking the URL for its keys…' : 'The URL’s keys are not fetched yet.'}
      </p>
    )
  }
  const { set } = state
  const consequence = rest > 0 ? 'Only the supplied keys verify tokens now.' : 'No token can be verified now.'
  if (set.status === 'unavailable') {
    return (
      <Callout tone="attention" title="The URL gives no keys">
        {shownText(set.message)} {consequence}
      </Callout>
    )
  }
  if (!set.stale) return null
  if (isUnavailable) {
    return (
      <Callout tone="attention" title="The URL’s last good keys are too old">
        {shownText(set.stale.message)} {consequence}
      </Callout>
    )
  }
  const { fetchedAt } = set
  return (
    <Callout tone="attention" title="The URL does not respond: its last good keys are used">
      {shownText(set.stale.message)}
      {fetchedAt !== null && (
        <>
          {' '}
          They were fetched <TimeAgo at={fetchedAt * 1000} />
          {staleSecondsMax !== null && <> and count for at most {Math.round(staleSecondsMax / 60)} minutes from then</>}
          .
        </>
      )}
    </Callout>
  )
}

function KeyRows({ keys, shadowed }: { keys: readonly EffectiveKey[]; shadowed: readonly EffectiveKey[] }) {
  return (
    <div className="relative overflow-x-auto rounded-md border text-compact">
      <table className="w-full text-left">
        <caption className="sr-only">Keys in effect</caption>
        <thead className="bg-muted text-muted-foreground">
          <tr>
            {['kid', 'Key', 'From'].map((name) => (
              <th key={name} scope="col" className="h-7 whitespace-nowrap px-2 font-medium">
                {shownText(name)}
              </th>
            ))}
            <th scope="col" className="h-7 whitespace-nowrap px-2 font-medium max-sm:hidden">
              SHA-256
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {keys.map((key, at) => (
            <KeyRow key={at} effective={key} isShadowed={false} />
          ))}
          {shadowed.map((key, at) => (
            <KeyRow key={`shadowed ${at}`} effective={key} isShadowed />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const originWords: Record<EffectiveKey['origin'], string> = {
  'jwks-url': 'URL',
  'oidc-discovery': 'discovery',
  'static-pem': 'supplied',
  'inline-jwk': 'supplied',
}

function KeyRow({ effective: { jwk, origin }, isShadowed }: { effective: EffectiveKey; isShadowed: boolean }) {
  const fingerprint = useFingerprint(jwk)
  const shownFingerprint = fingerprint && <MiddleTruncate text={fingerprint} head={11} tail={4} />
  const reading = readJwk(jwk)
  return (
    <tr className={isShadowed ? 'align-top text-muted-foreground' : 'align-top'}>
      <td className="max-w-40 truncate px-2 py-1 font-mono" title={visibleText(jwk.kid)}>
        {shownText(jwk.kid) ?? '–'}
      </td>
      <td className="whitespace-nowrap px-2 py-1">
        {reading.ok && reading.key.label}
        {/* Where there is no room for its column. */}
        <span className="block sm:hidden">{shownFingerprint}</span>
      </td>
      <td className="px-2 py-1">
        {originWords[origin]}
        {isShadowed && (
          <span className="grid gap-0.5">
            <Badge tone="skipped" className="w-fit">
              shadowed
            </Badge>
            an earlier source has a key of this kid
          </span>
        )}
      </td>
      <td className="px-2 py-1 max-sm:hidden">{shownFingerprint}</td>
    </tr>
  )
}
