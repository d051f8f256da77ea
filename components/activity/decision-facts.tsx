'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { Shown, shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { Decision } from '@/lib/client/decisions'
import { useTrustVersions } from '@/lib/client/trust-versions'
import { methodName, reasonWords } from '@/lib/client/words'

/** Caller, time, address and trust of a decision. */
export function DecisionFacts({ decision }: { decision: Decision }) {
  const { identityId, identityName } = decision
  const kid = typeof decision.header?.kid === 'string' ? decision.header.kid : null
  const identityHref = identityId && identityName ? `/identities/${identityId}` : null
  return (
    <KeyValueList
      items={[
        {
          label: 'Request id',
          value: (
            <span className="inline-flex items-center gap-1 font-mono text-compact">
              {decision.id}
              <CopyButton text={decision.id} label="Copy request id" />
            </span>
          ),
        },
        { label: 'When', value: <TimeAgo at={decision.at} /> },
        ...(decision.repeats && decision.lastAt
          ? [{ label: 'Repeated', value: <Repeated repeats={decision.repeats} lastAt={decision.lastAt} /> }]
          : []),
        {
          label: 'Reason',
          value: decision.reason && (
            <Link
              className="underline underline-offset-2 hover:text-accent-text"
              href={`/activity?outcome=refused&reason=${encodeURIComponent(decision.reason)}`}
            >
              {reasonWords(decision.reason)}
            </Link>
          ),
        },
        {
          label: 'Identity',
          value: identityHref ? (
            <Link className="underline underline-offset-2 hover:text-accent-text" href={identityHref}>
              {shownText(identityName)}
            </Link>
          ) : (
            identityId && <MiddleTruncate text={identityId} head={20} />
          ),
        },
        { label: 'Method', value: methodName(decision.method) },
        { label: 'Trust', value: <TrustOfThen decision={decision} /> },
        ...(decision.trustId ? [{ label: 'Changed last', value: <LastChange trustId={decision.trustId} /> }] : []),
        { label: 'Issuer', value: decision.issuer && <Pivot text={decision.issuer} /> },
        { label: 'Subject', value: decision.subject && <Pivot text={decision.subject} /> },
        { label: 'Key', value: kid && <Pivot text={kid} by="kid" /> },
        {
          label: 'Token SHA-256',
          value: decision.tokenSha256 && <Pivot text={decision.tokenSha256} />,
        },
        {
          label: 'Access token',
          value: decision.accessTokenId && <MiddleTruncate text={decision.accessTokenId} head={13} tail={12} />,
        },
        { label: 'IP', value: decision.ip && <Pivot text={decision.ip} /> },
        { label: 'User agent', value: decision.userAgent && <Mono text={decision.userAgent} /> },
      ]}
    />
  )
}

function TrustOfThen({ decision: { trustId, trustVersion } }: { decision: Decision }) {
  if (!trustId) return <span className="text-muted-foreground">None was set up</span>
  if (trustVersion === null) return 'Its version is not on record'
  return (
    <Link
      className="underline underline-offset-2 hover:text-accent-text"
      href={`/trusts/${trustId}/versions?version=${trustVersion}`}
    >
      Version {trustVersion} of that time
    </Link>
  )
}

/** Who changed the trust last, and into which version. */
function LastChange({ trustId }: { trustId: string }) {
  const { data: versions, error } = useTrustVersions(trustId)
  const last = versions?.[0]
  if (!last) return error || versions ? <span className="text-muted-foreground">Not on record</span> : '…'
  return (
    <>
      <TimeAgo at={last.at} /> by {shownText(last.actorName ?? 'an unknown actor')}, version {last.version}
    </>
  )
}

function Repeated({ repeats, lastAt }: { repeats: number; lastAt: string }) {
  return (
    <>
      {repeats.toLocaleString('en')} more of this cause from this address, the last <TimeAgo at={lastAt} />. Checks and
      claims are those of the first.
    </>
  )
}

/** A value with the way to the logins that share it. */
const Pivot = ({ text, by = 'search' }: { text: string; by?: 'search' | 'kid' }) => (
  <Link
    href={`/activity?${by}=${encodeURIComponent(text)}`}
    title="Logins with this value"
    className="underline decoration-dotted underline-offset-2 hover:text-accent-text"
  >
    <Mono text={text} />
  </Link>
)

const Mono = ({ text }: { text: string }) => (
  <code className="wrap-anywhere text-compact">
    <Shown text={text} />
  </code>
)
