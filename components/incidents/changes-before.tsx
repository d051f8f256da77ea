import { Section } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { IncidentDetail } from '@/lib/client/incidents'

const kinds = {
  trust: 'Trust',
  identity: 'Identity',
  'key-source': 'Key source',
  certificate: 'Certificate',
  token: 'Token',
} as const

/** What changed between the last accepted login and the first refusal, newest first. */
export function ChangesBefore({ incident: { changes, lastAcceptedAt, since } }: { incident: IncidentDetail }) {
  return (
    <Section
      title="What changed before"
      description={
        lastAcceptedAt === null
          ? 'In the day before the first refusal; no accepted login before it is known.'
          : 'Since the last accepted login.'
      }
      flush
    >
      {changes.length === 0 && (
        <p className="px-4 py-3 text-muted-foreground">
          Nothing that is known here has changed since <TimeAgo at={since} />: neither the trust and its identity nor
          the key source.
        </p>
      )}
      <ol aria-label="Changes" className="divide-y">
        {changes.map(({ at, kind, text, entryId, sourceId, actorName }, n) => {
          const href = entryId ? `/audit/${entryId}` : sourceId ? `/key-sources/${sourceId}` : null
          return (
            <li key={`${at} ${n}`} className="grid gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[7rem_minmax(0,1fr)_auto]">
              <span className="text-muted-foreground">{kinds[kind]}</span>
              <span className="min-w-0 break-words">
                {href ? (
                  <Link href={href} className="rounded-sm hover:text-accent-text">
                    {shownText(text)}
                  </Link>
                ) : (
                  shownText(text)
                )}
                {actorName && <span className="text-muted-foreground"> · {shownText(actorName)}</span>}
              </span>
              <TimeAgo at={at} className="text-muted-foreground" />
            </li>
          )
        })}
      </ol>
      {lastAcceptedAt && (
        <p className="border-t px-4 py-2 text-compact text-muted-foreground">
          Last accepted login <TimeAgo at={lastAcceptedAt} />
        </p>
      )}
    </Section>
  )
}
