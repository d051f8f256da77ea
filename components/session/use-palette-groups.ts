'use client'

import {
  Activity,
  ClipboardCheck,
  DoorOpen,
  Fingerprint,
  KeyRound,
  Plus,
  ScrollText,
  Stamp,
  UserRound,
  Webhook,
} from 'lucide-react'
import type { PaletteGroup, PaletteItem } from '@/components/layout/command-palette'
import { useFoundNames, useFoundSources } from '@/lib/client/found-names'
import { type Identity, useIdentities } from '@/lib/client/identities'
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
  const attached = nameToAttach(search)
  const found = useIdentities({ search: attached ?? search, limit: foundMax }, { enabled: asks })
  const issuers = useTrustNames('issuer', { enabled: asks })
  const providers = useTrustNames('sign-in', { enabled: asks })
  const members = useMembers({ enabled: asks })
  const sources = useFoundSources(search, { enabled: asks })
  const streams = useFoundNames('streams', { enabled: asks })
  const reviews = useFoundNames('reviews', { enabled: asks })
  if (!enabled) return []

  const identities = search === '' ? [] : (found.data?.identities ?? [])
  const canWrite = canAccess(role, 'write')
  return [
    {
      heading: 'Acts',
      items: canWrite ? [...acts, ...(attached === null ? [] : attachments(identities))] : [],
    },
    {
      heading: 'Identities',
      items: (attached === null ? identities : []).map(({ id, name }) => ({
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
    {
      heading: 'Key sources',
      items: (asks ? (sources.data ?? []) : []).map(({ id, url }) => ({
        ...{ id: `source ${id}`, label: url, href: `/key-sources/${id}`, icon: KeyRound },
      })),
    },
    { heading: 'Streams', items: objects(asks ? streams.data : [], '/streams', Webhook) },
    { heading: 'Access reviews', items: objects(asks ? reviews.data : [], '/reviews', ClipboardCheck) },
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

/** Words before the name in "attach JWT Auth to payments". */
const attachWords = ['attach', 'jwt', 'auth', 'to']

/** The name, or the part of one, of the identity that a method is to be attached to; null where that is not what is typed. */
function nameToAttach(search: string): string | null {
  const [first, ...words] = search.toLowerCase().split(/\s+/)
  if (first !== 'attach') return null
  return words.filter((word) => !attachWords.some((known) => known.startsWith(word))).join(' ')
}

/** One act for each found identity that has no JWT Auth. */
const attachments = (identities: readonly Identity[]): PaletteItem[] =>
  identities
    .filter(({ methods }) => !methods.includes('jwt'))
    .map(({ id, name }) => ({
      ...{ id: `attach ${id}`, label: `Attach JWT Auth to ${name}`, href: `/identities/${id}/jwt-auth`, icon: Plus },
    }))

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

const objects = (
  list: readonly { id: string; name: string }[] | undefined,
  page: string,
  icon: PaletteItem['icon'],
): PaletteItem[] =>
  (list ?? []).map(({ id, name }) => ({ id: `${page} ${id}`, label: name, href: `${page}/${id}`, icon }))
