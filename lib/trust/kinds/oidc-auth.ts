import { z } from 'zod'
import { Lifetime } from '../policy'
import { defineKind } from './kind'
import { outlines } from './outline'
import { boundRules } from './published-rules'

/** A machine logs in as an identity with an ID token of an OpenID provider, whose keys are found by discovery. */
export const oidcAuth = defineKind({
  kind: 'oidc',
  ...outlines.oidc,
  options: z.object({}).prefault({}),
  isFoundByIssuer: false,
  countMax: null,
  issuesTokens: true,
  audienceMatcher: 'glob-any',
  keySource: 'oidc-discovery',
  defaults: { keyUse: null, lifetime: Lifetime.parse({}), rules: [] },
  publishedRules: boundRules,
  toPublished: () => ({}),
  standInOptions: {},
  notFound: 'OIDC Auth is not set up on that identity, or there is no such identity.',
  exists: {
    kind: 'rule',
    reason: 'already_attached',
    message: 'This identity has OIDC Auth already. Update it instead.',
  },
  issues({ issuer }) {
    // The provider's keys may also sign for other issuers, so its tokens are known by `iss` (OpenID Connect Core §3.1.3.7).
    if (issuer !== null) return []
    const message = 'Give the issuer, as the discovery document of the provider names it.'
    return [{ path: ['issuer'], code: 'issuer_required', message }]
  },
})
