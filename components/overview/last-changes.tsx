'use client'

import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { Shown, shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { useAuditEntries } from '@/lib/client/audit'
import { actorKinds, auditActions } from '@/lib/model/audit-actions'

const shownMax = 5
/** People coming and going, and looking things up, change nothing. */
const quiet = /^(session|intent|access|access-token|key-source)\./

/** The last five changes, in sentences. */
export function LastChanges() {
  const { data } = useAuditEntries({})
  const changes = data?.rows.filter(({ action }) => !quiet.test(action)).slice(0, shownMax) ?? []
  if (changes.length === 0) return null
  return (
    <Section
      title="Last changes"
      flush
      actions={
        <Button asChild size="sm">
          <Link href="/audit">Open Audit</Link>
        </Button>
      }
    >
      <ul className="divide-y">
        {changes.map(({ id, at, action, actorName, actorKind, targetName, changes: [first, ...more] }) => (
          <li key={id} className="flex min-h-10 items-center justify-between gap-3 px-4 py-1.5 text-compact">
            <Link href={`/audit/${id}`} className="min-w-0 break-words rounded-sm hover:text-accent-text">
              {shownText(sentenceOf(action))}
              {targetName && (
                <>
                  : <span className="font-medium">{shownText(targetName)}</span>
                </>
              )}
              <span className="text-muted-foreground">
                {' '}
                by <Shown text={actorName ?? labels[actorKind] ?? actorKind} />
              </span>
              {first && (
                <span className="block truncate text-muted-foreground text-xs">
                  <Shown text={first.text} />
                  {first.effect && (
                    <span className={first.effect === 'wider' ? 'text-attention' : undefined}> · {first.effect}</span>
                  )}
                  {more.length > 0 && ` · and ${more.length} more`}
                </span>
              )}
            </Link>
            <TimeAgo at={at} className="text-muted-foreground text-xs" />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const labels: Record<string, string> = actorKinds
const titles: Record<string, { title: string }> = auditActions

const sentenceOf = (action: string) => titles[action]?.title ?? action
