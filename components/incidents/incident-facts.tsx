import { addressWords } from '@/components/layout/incident-words'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { Shown, shownText } from '@/components/ui/shown'
import type { IncidentDetail } from '@/lib/client/incidents'
import { methodName, reasonWords } from '@/lib/client/words'
import { isCustody } from '@/lib/model/custody'

const shownAddresses = 10
const linked = 'underline underline-offset-2 hover:text-accent-text'

/** Cause, identity, trust and addresses of an incident. */
export function IncidentFacts({ incident }: { incident: IncidentDetail }) {
  const { identityId, identityName, trustId, trustVersion, issuer, checkId, reason, method, isMixed } = incident
  return (
    <KeyValueList
      items={[
        {
          label: 'Reason',
          value: (
            <>
              {reasonWords(reason)} <code className="text-muted-foreground text-xs">{shownText(reason)}</code>
            </>
          ),
        },
        { label: 'Check', value: checkId && <code className="text-compact">{shownText(checkId)}</code> },
        { label: 'Method', value: methodName(method) },
        {
          label: 'Identity',
          value:
            identityId && identityName ? (
              <Link className={linked} href={`/identities/${identityId}`}>
                {shownText(identityName)}
              </Link>
            ) : (
              identityId && <MiddleTruncate text={identityId} head={20} />
            ),
        },
        { label: 'Issuer', value: issuer && <Shown text={issuer} /> },
        {
          label: 'Trust',
          value: trustId && `Version ${trustVersion ?? '?'} ${isCustody(incident) ? 'accepted' : 'refused'} first`,
        },
        ...(isMixed
          ? [
              {
                label: 'Counted together',
                value:
                  'Some rows count refusals of several identities, issuers or addresses, because there were too many to record separately.',
              },
            ]
          : []),
        { label: 'Addresses', value: <AddressList incident={incident} /> },
      ]}
    />
  )
}

function AddressList({ incident }: { incident: IncidentDetail }) {
  const listed = [...incident.addresses.listed].sort((one, other) => other.count - one.count)
  const more = listed.length - shownAddresses
  return (
    <>
      <span className="text-muted-foreground">{addressWords(incident)}</span>
      <ul className="grid gap-0.5">
        {listed.slice(0, shownAddresses).map(({ ip, count }) => (
          <li key={ip} className="flex flex-wrap items-baseline gap-x-2">
            <Link href={`/activity?search=${encodeURIComponent(ip)}`} className={linked}>
              <code className="text-compact">{shownText(ip)}</code>
            </Link>
            <span className="text-muted-foreground text-xs tabular-nums">{count.toLocaleString('en')}</span>
          </li>
        ))}
        {more > 0 && <li className="text-muted-foreground text-compact">and {more} more</li>}
      </ul>
    </>
  )
}
