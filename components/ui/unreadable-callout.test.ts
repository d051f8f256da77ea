import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { UnreadableNotice } from '@/components/trusts/editor/unreadable-notice'
import { identityKeys } from '@/lib/client/identities'
import { tokenKeys } from '@/lib/client/tokens'
import type { StoredTrust } from '@/lib/client/trusts'
import { IdentityOverview } from '../identities/identity-overview'
import { Organization } from '../members/organization'
import { TokenAuthRow } from '../tokens/token-auth-row'

const id = 'f0a1c6f2-0000-4000-8000-000000000000'
const at = '2026-11-28T00:00:00.000Z'
const identity = {
  ...{
    id,
    organizationId: id,
    name: 'deployer',
    role: 'no-access' as const,
    hasDeleteProtection: false,
    isCanary: false,
    canaryPlace: '',
    metadata: [],
  },
  ...{ methods: ['token'], lastLoginMethod: null, lastLoginAt: null, createdAt: at, updatedAt: at },
}
const grant = { ttlSeconds: 1, ttlSecondsMax: 1, usesMax: 0, trustedIps: [] }
const damaged = { ...identity, unreadable: ['role', 'metadata'] }

/** A page whose queries have been answered. */
function page(element: ReactElement, answers: [readonly unknown[], unknown][] = []): string {
  const client = new QueryClient({ defaultOptions: { queries: { enabled: false } } })
  for (const [key, answer] of answers) client.setQueryData(key, answer)
  const inside = createElement(AppRouterContext.Provider, { value: {} as AppRouterInstance }, element)
  return renderToStaticMarkup(createElement(QueryClientProvider, { client }, inside))
}

const settings = { returnOrigins: [], requiresSecondFactor: false }
const organization = (unreadable: object) =>
  page(createElement(Organization), [[['organization'], { ...settings, ...unreadable }]])
const overview = (shown: typeof identity) => page(createElement(IdentityOverview, { identity: shown, tokenAuth: null }))
const tokenAuth = (unreadable: object) =>
  page(createElement(TokenAuthRow, { identityId: id }), [
    [identityKeys.one(id), identity],
    [tokenKeys.auth(id), { id, identityId: id, grant, createdAt: at, updatedAt: at, ...unreadable }],
  ])
const trust = (unreadable: object) => page(createElement(UnreadableNotice, { trust: { ...unreadable } as StoredTrust }))

test.each([
  ['settings of the organization', organization, { unreadable: ['returnOrigins'] }, 'Applications that sign people in'],
  ['an identity', () => overview(damaged), {}, 'role, metadata'],
  ['Token Auth', tokenAuth, { unreadable: ['grant'] }, 'token settings'],
  ['a trust', trust, { unreadable: ['rules'] }, 'audiences, subject and claims'],
])('what is stored of %s and cannot be read is told on its page, by name', (_, shown, unreadable, part) => {
  expect(shown(unreadable)).toMatch(new RegExp(`A part of .* cannot be read.*What is stored as [^.]*${part}`))
})

test.each([
  ['settings', () => organization({})],
  ['an identity', () => overview(identity)],
  ['Token Auth', () => tokenAuth({})],
  ['a trust', () => trust({})],
])('of %s that can be read nothing is said', (_, shown) => {
  expect(shown()).not.toContain('cannot be read')
})
