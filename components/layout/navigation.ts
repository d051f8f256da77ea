import {
  Activity,
  Braces,
  ChartColumn,
  DoorOpen,
  Fingerprint,
  FlaskConical,
  KeyRound,
  type LucideIcon,
  ScrollText,
  Settings,
  Stamp,
} from 'lucide-react'
import { type Access, canAccess, type Role } from '@/lib/trust/role'

/** A page of the navigation. */
export type NavigationItem = {
  href: string
  label: string
  icon: LucideIcon
  /** Heading of its group; an item without one keeps its place in the list. */
  group?: 'Trust' | 'Look' | 'Prove' | 'Build'
  /** Access needed to see it; the API enforces access by itself. Default: `read`. */
  needs?: Access
}

/** Number of pending items of a page, by its href, and their name ("alarms"). */
export type NavigationNotices = Readonly<Record<string, { count: number; words: string }>>

/** Every page of the rail and the palette, in order. A new page is one line here. */
export const navigation: readonly NavigationItem[] = [
  { href: '/', label: 'Overview', icon: ChartColumn },
  { href: '/identities', label: 'Identities', icon: Fingerprint, group: 'Trust' },
  { href: '/issuers', label: 'Issuers', icon: Stamp, group: 'Trust' },
  { href: '/providers', label: 'Sign-in providers', icon: DoorOpen, group: 'Trust' },
  { href: '/tester', label: 'Tester', icon: FlaskConical, group: 'Look' },
  { href: '/activity', label: 'Activity', icon: Activity, group: 'Look' },
  { href: '/key-sources', label: 'Key sources', icon: KeyRound, group: 'Look' },
  { href: '/audit', label: 'Audit', icon: ScrollText, group: 'Prove' },
  { href: '/api-reference', label: 'API reference', icon: Braces, group: 'Build' },
  { href: '/settings', label: 'Settings', icon: Settings },
]

/** Returns the items that a role may see. */
export const visibleTo = (role: Role, items: readonly NavigationItem[]) =>
  items.filter((item) => canAccess(role, item.needs ?? 'read'))

/** Groups items under their headings, in order of first appearance; an item without heading keeps its place. */
export function groupItems(items: readonly NavigationItem[]): { group: string | null; items: NavigationItem[] }[] {
  const groups: { group: string | null; items: NavigationItem[] }[] = []
  for (const item of items) {
    const found = item.group && groups.find(({ group }) => group === item.group)
    if (found) found.items.push(item)
    else groups.push({ group: item.group ?? null, items: [item] })
  }
  return groups
}

/** Whether a path is this item's or below it. */
export const isCurrent = (href: string, pathname: string) => pathname === href || pathname.startsWith(`${href}/`)
