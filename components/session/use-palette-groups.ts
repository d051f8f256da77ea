'use client'

import { Activity, DoorOpen, Fingerprint, Plus, ScrollText, Stamp, UserRound } from 'lucide-react'
import type { PaletteGroup, PaletteItem } from '@/components/layout/command-palette'
import { useIdentities } from '@/lib/client/identities'
import { useMembers } from '@/lib/client/members'
import { useTrustNames } from '@/lib/client/trust-names'
import { canAccess, type Role } from '@/lib/trust/role'

const foundMax = 8

/**
 * What the palette finds beside pages: acts, and what has the typed text in its name. `search` is '' while nothing is
 * typed, and then nothing is asked of the server.
 */
export function usePaletteGroups(search: string, role: Role, { enabled }: { enabled: boolean }): PaletteGroup[] {
  const asks = enabled && search !== ''
  const found = useIdentities({ search, limit: foundMax }, { enabled: asks })
  const issuers = useTrustNames('issuer', { enabled: asks })
  const providers = useTrustNames('sign-in', { enabled: asks })
  const members = useMembers({ enabled: asks })
  if (!enabled) return []

  const identities = search === '' ? [] : (found.data?.identities ?? [])
  const canWrite = canAccess(role, 'write')
  return [
    { heading: 'Acts', items: canWrite ? acts : [] },
    {
      heading: 'Identities',
      items: identities.map(({ id, name }) => ({
        ...{ id: `identity ${id}`, label: name, href: `/identities/${id}`, icon: Fingerprint, hint: id.slice(0, 8) },
        // What the server found by the typed text must not be filtered out; what it found by an earlier text must match.
        keywords: found.isPlaceholderData ? [id] : [id, search],
      })),
    },
    { heading: 'Issuers', items: named(asks ? issuers.data : [], '/issuers', Stamp) },
    { heading: 'Sign-in providers', items: named(asks ? providers.data : [], '/providers', DoorOpen) },
    {
      heading: 'People',
      items: (asks ? (members.data ?? []) : []).map(({ id, name, email }) => ({
        ...{ id: `person ${id}`, label: name, href: `/settings/members/${id}`, icon: UserRound, hint: email },
        keywords: [email],
      })),
    },
    // After the answer: cmdk keeps the choice that it made first, which must not be this.
    { heading: 'Search', items: search === '' || found.isFetching ? [] : searches(search) },
  ]
}

const acts: readonly PaletteItem[] = [
  {
    id: 'set up a login',
    label: 'Set up a login',
    href: '/identities/new',
    icon: Plus,
    keywords: ['guided', 'preset', 'github', 'first'],
  },
  { id: 'new identity', label: 'New identity', href: '/identities?new=1', icon: Plus, keywords: ['create', 'machine'] },
  { id: 'new issuer', label: 'New issuer', href: '/issuers/set-up', icon: Plus, keywords: ['add', 'create'] },
  {
    id: 'new provider',
    label: 'New sign-in provider',
    href: '/providers/set-up',
    icon: Plus,
    keywords: ['add', 'create'],
  },
]

const searches = (search: string): PaletteItem[] => [
  {
    ...{ id: 'search logins', label: `Logins with “${search}”`, icon: Activity, keywords: [search] },
    href: `/activity?search=${encodeURIComponent(search)}`,
    hint: 'IP, issuer, subject',
  },
  {
    ...{ id: 'search audit', label: `Audit entries with “${search}”`, icon: ScrollText, keywords: [search] },
    href: `/audit?search=${encodeURIComponent(search)}`,
  },
]

const named = (
  trusts: readonly { id: string; name: string; issuer: string | null }[] | undefined,
  list: string,
  icon: PaletteItem['icon'],
): PaletteItem[] =>
  (trusts ?? []).map(({ id, name, issuer }) => ({
    ...{ id: `trust ${id}`, label: name, href: `${list}/${id}`, icon },
    keywords: issuer === null ? [] : [issuer],
  }))
