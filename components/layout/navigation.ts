import {
  Activity,
  Braces,
  ChartColumn,
  CircleAlert,
  ClipboardCheck,
  DoorOpen,
  Fingerprint,
  FlaskConical,
  KeyRound,
  type LucideIcon,
  ScrollText,
  Settings,
  ShieldCheck,
  Stamp,
  Webhook,
} from 'lucide-react'
import { type Access, canAccess, type Role } from '@/lib/trust/role'

/** A page of the navigation. */
export type NavigationItem = {
  href: string
  label: string
  icon: LucideIcon
  /** Letter that leads there after `g`. */
  letter?: string
  /** Heading of its group; an item without one keeps its place in the list. */
  group?: 'Access' | 'Monitor' | 'Audit' | 'Developers'
  /** Access needed to see it; the API enforces access by itself. Default: `read`. */
  needs?: Access
}

/** Number of pending items of a page, by its href, and their name ("alarms"). */
export type NavigationNotices = Readonly<Record<string, { count: number; words: string }>>

/** Every page of the rail and the palette, in order. A new page is one line here. */
export const navigation: readonly NavigationItem[] = [
  { href: '/', label: 'Overview', icon: ChartColumn, letter: 'o' },
  { href: '/identities', label: 'Identities', icon: Fingerprint, letter: 'i', group: 'Access' },
  { href: '/issuers', label: 'Issuers', icon: Stamp, letter: 'u', group: 'Access' },
  { href: '/providers', label: 'Sign-in providers', icon: DoorOpen, letter: 'p', group: 'Access' },
  { href: '/tester', label: 'Tester', icon: FlaskConical, letter: 't', group: 'Monitor' },
  { href: '/activity', label: 'Activity', icon: Activity, letter: 'a', group: 'Monitor' },
  { href: '/incidents', label: 'Incidents', icon: CircleAlert, letter: 'n', group: 'Monitor' },
  { href: '/posture', label: 'Posture', icon: ShieldCheck, letter: 'r', group: 'Monitor' },
  { href: '/key-sources', label: 'Key sources', icon: KeyRound, letter: 'k', group: 'Monitor' },
  { href: '/audit', label: 'Audit', icon: ScrollText, letter: 'l', group: 'Audit' },
  { href: '/reviews', label: 'Access reviews', icon: ClipboardCheck, letter: 'v', group: 'Audit' },
  { href: '/streams', label: 'Streams', icon: Webhook, letter: 'w', group: 'Audit' },
  { href: '/api-reference', label: 'API reference', icon: Braces, letter: 'd', group: 'Developers' },
  { href: '/settings', label: 'Settings', icon: Settings, letter: 's' },
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
