import { FrozenMark } from '@/components/layout/frozen-trust'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import type { KeySourceDetail } from '@/lib/client/key-sources'
import { trustHref } from '@/lib/client/trust-href'
import { methodName } from '@/lib/client/words'

/** Lists the trusts that use a source, with links to their editors. */
export function SourceUsers({ source }: { source: KeySourceDetail }) {
  const { usedBy: users, usedByCount: count, isUsedByMore: isMore } = source
  return (
    <ul className="divide-y">
      {users.map(({ trustId, name, method, identityId, identityName, enabled }) => {
        const href = trustHref({ id: trustId, kind: method, identityId })
        return (
          <li key={trustId} className="flex flex-wrap items-center gap-2 px-4 py-2">
            {href ? (
              <Link href={href} className="underline underline-offset-2 hover:text-accent-text">
                {shownText(identityName) ?? shownText(name)}
              </Link>
            ) : (
              <span>{shownText(identityName) ?? shownText(name)}</span>
            )}
            <Badge icon={null}>{methodName(method)}</Badge>
            {!enabled && <Badge tone="skipped">Off</Badge>}
            <FrozenMark of={{ trustId }} />
          </li>
        )
      })}
      {count > users.length && (
        <li className="px-4 py-2 text-compact text-muted-foreground">
          {isMore && 'More than '}
          {(count - users.length).toLocaleString('en')} more trusts use this source.
        </li>
      )}
    </ul>
  )
}
