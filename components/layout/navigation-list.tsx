'use client'

import { usePathname } from 'next/navigation'
import { useId } from 'react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { Tooltip } from '@/components/ui/tooltip'
import { visibleText } from '@/lib/trust/unseen'
import { groupItems, isCurrent, type NavigationItem, type NavigationNotices } from './navigation'

/** Navigation in groups. `collapsed` shows icons only, with names on hover and focus. */
export function NavigationList({
  items,
  collapsed = false,
  notices = {},
  onNavigate,
}: {
  items: readonly NavigationItem[]
  notices?: NavigationNotices
  collapsed?: boolean
  onNavigate?: () => void
}) {
  const pathname = usePathname()
  const id = useId()
  return (
    <nav aria-label="Main" className="grid content-start gap-4">
      {groupItems(items).map(({ group, items: members }) => (
        <div key={group ?? members[0]?.href} className="grid gap-1">
          {group && (
            <p
              id={`${id}-${group}`}
              className={cn('px-2 font-medium text-muted-foreground text-xs', collapsed && 'sr-only')}
            >
              {group}
            </p>
          )}
          <ul aria-labelledby={group ? `${id}-${group}` : undefined} className="grid gap-0.5">
            {members.map((item) => {
              const current = isCurrent(item.href, pathname)
              const notice = notices[item.href]
              const waiting = notice && notice.count > 0 ? `, ${notice.count} ${notice.words}` : ''
              const link = (
                <Link
                  href={item.href}
                  onClick={onNavigate}
                  aria-current={current ? 'page' : undefined}
                  aria-label={collapsed ? `${visibleText(item.label)}${waiting}` : undefined}
                  className={cn(
                    'flex h-8 items-center gap-2.5 rounded-md px-2 text-muted-foreground hover:bg-muted hover:text-foreground',
                    current && 'bg-muted font-medium text-foreground',
                    collapsed && 'justify-center',
                  )}
                >
                  <item.icon aria-hidden className={cn('size-4 shrink-0', current && 'text-accent-text')} />
                  {!collapsed && <span className="truncate">{shownText(item.label)}</span>}
                  {waiting && !collapsed && (
                    <Badge tone="attention" className="ml-auto">
                      {notice?.count}
                      <span className="sr-only"> {notice?.words}</span>
                    </Badge>
                  )}
                </Link>
              )
              return (
                <li key={item.href}>
                  {collapsed ? (
                    <Tooltip content={`${item.label}${waiting}`} side="right">
                      {link}
                    </Tooltip>
                  ) : (
                    link
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </nav>
  )
}
