import { z } from 'zod'
import { createTrust } from '@/lib/services/trust/create-trust'
import { toIssuerDraft } from '@/lib/trust/kinds/issuer'
import { SignInOptions, withSubject } from '@/lib/trust/kinds/sign-in'
import type { Trust } from '@/lib/trust/trust'
import { type DemoIssuer, makeIssuer } from './issuer'
import { audience } from './machine'
import type { People } from './people'

/** A trust of the organization, with the issuer that signs its tokens. */
export type Standalone = { trust: Trust; issuer: DemoIssuer; createdDaysAgo: number }

const from = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

const PublicJwk = z.record(z.string(), z.json())

/** Two issuers, whose tokens carry roles and permissions, and the portal that people come from. */
export async function standaloneTrusts(people: People, daysAgo: (days: number) => Date): Promise<Standalone[]> {
  const [stream, studio, portal] = await Promise.all([
    makeIssuer('https://id.stream.larkfield.example', ['ES256', 'ES256']),
    makeIssuer('https://studio-partner.example/tokens', ['EdDSA']),
    makeIssuer('https://portal.larkfield.example', ['RS256']),
  ])
  const by = (days: number) => people.at({ at: daysAgo(days), actor: people.actors.admin, ...from })
  const issuerOptions = { project: 'live-video' }
  const jwksUrl = (issuer: DemoIssuer) => ({ kind: 'jwks-url' as const, url: `${issuer.url}/.well-known/jwks.json` })
  const heard = (values: string[]) => ({
    path: 'aud',
    matcher: { kind: 'equals-any' as const, values },
    whenAbsent: 'refuse' as const,
  })

  const drafts = [
    {
      issuer: stream,
      createdDaysAgo: 52,
      draft: toIssuerDraft(
        {
          issuer: stream.url,
          keys: [jwksUrl(stream)],
          rules: [
            heard(['live-video', 'live-video-staging']),
            { path: 'roles', matcher: { kind: 'subset-of', values: ['publisher', 'viewer'] }, whenAbsent: 'allow' },
            { path: 'prm', matcher: { kind: 'within-bitmask', mask: '1099511627791' }, whenAbsent: 'allow' },
          ],
          grant: { ttlSeconds: 900, ttlSecondsMax: 3600 },
        },
        issuerOptions,
      ),
    },
    {
      issuer: studio,
      createdDaysAgo: 11,
      draft: toIssuerDraft(
        {
          issuer: studio.url,
          keys: studio.keys.map(({ jwk }) => ({ kind: 'inline-jwk' as const, jwk: PublicJwk.parse(jwk) })),
          rules: [{ path: 'roles', matcher: { kind: 'subset-of', values: ['publisher'] }, whenAbsent: 'allow' }],
          grant: { ttlSeconds: 900, ttlSecondsMax: 3600 },
        },
        issuerOptions,
      ),
    },
    {
      issuer: portal,
      createdDaysAgo: 66,
      draft: {
        kind: 'sign-in' as const,
        name: 'Larkfield portal',
        issuer: portal.url,
        keys: [jwksUrl(portal)],
        rules: withSubject([heard([audience])]),
        lifetime: { clockSkewSeconds: 30, tokenAgeSecondsMax: 3600 },
        options: SignInOptions.parse({
          jwtEndpoint: `${portal.url}/auth/jwt`,
          headerName: 'x-auth-token',
          isCreationAllowed: true,
          isAutoCreation: true,
          role: 'auditor',
        }),
      },
    },
  ]
  const made: Standalone[] = []
  for (const { issuer, createdDaysAgo, draft } of drafts) {
    made.push({ issuer, createdDaysAgo, trust: await createTrust(by(createdDaysAgo), draft) })
  }
  return made
}
