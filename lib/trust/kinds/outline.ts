import type { JsonObject } from '../json/json'

/** A kind without its schemas, for pages that list or link trusts: the rest of a definition brings a validator along. */
type Outline = {
  /** The kind's name in the dashboard. */
  title: string
  /** Its purpose in a sentence, for people who have none yet. */
  purpose: string
  /** Path of the page where a trust is edited; null for a trust of an identity that is gone. */
  page(trust: { id: string; identityId: string | null }): string | null
  /** An identity has at most one trust of each of its kinds; the others belong to the organization. */
  belongsTo: 'identity' | 'organization'
  /** The way back from the names that our API and the audit log use; the result is not validated. */
  fromPublished(published: Readonly<Record<string, unknown>>): unknown
}

/** Every kind, in the order in which they are listed. Definitions spread theirs, so that each fact is stated once. */
export const outlines = {
  jwt: {
    title: 'JWT Auth',
    purpose: 'Lets it log in with a token signed by keys you name: no stored secret.',
    page: ({ identityId }) => identityId && `/identities/${identityId}/jwt-auth`,
    belongsTo: 'identity',
    fromPublished: ({ infisical = null }) => ({ inactiveKeys: infisical }),
  },
  oidc: {
    title: 'OIDC Auth',
    purpose: 'Lets it log in with an ID token of an OpenID provider, whose keys are found by discovery.',
    page: ({ identityId }) => identityId && `/identities/${identityId}/oidc-auth`,
    belongsTo: 'identity',
    fromPublished: () => ({}),
  },
  issuer: {
    title: 'Issuer',
    purpose: 'An issuer signs tokens that say which roles and permissions their bearer has.',
    page: ({ id }) => `/issuers/${id}`,
    belongsTo: 'organization',
    fromPublished: ({ nativeframe = { project: null, internal: false, static: false } }) => nativeframe,
  },
  'sign-in': {
    title: 'Sign-in',
    purpose: 'People sign in with a token that a gateway sends for them.',
    page: ({ id }) => `/providers/${id}`,
    belongsTo: 'organization',
    fromPublished: ({ zitadel }) => zitadel,
  },
} as const satisfies Record<string, Outline>

export type OutlinedKind = keyof typeof outlines

/** Names of all kinds. */
export const kindNames = Object.keys(outlines) as OutlinedKind[]

/** The kinds of which an identity may have one trust each. There is one at least, which a filter does not know. */
export const identityKinds = kindNames.filter(
  (kind) => outlines[kind].belongsTo === 'identity',
) as unknown as readonly [IdentityKind, ...IdentityKind[]]
type Of<Owner> = { [Kind in OutlinedKind]: (typeof outlines)[Kind]['belongsTo'] extends Owner ? Kind : never }
export type IdentityKind = Of<'identity'>[OutlinedKind]

/** Returns what is known of a kind without its schemas. */
export const outlineOf = (kind: OutlinedKind): Outline => outlines[kind]

/** The names of the parts of a trust that depend on its kind, and those of our API and the audit log. */
export const publishedNames: Readonly<Record<string, string>> = { kind: 'method', options: 'foreign' }
const ownNames = Object.fromEntries(Object.entries(publishedNames).map(([own, published]) => [published, own]))

type Answered = { method: OutlinedKind; foreign: JsonObject; unreadable?: string[] | undefined }

/**
 * Returns a trust under our own names, with kind and options as they are and not validated: for what stored options are made of,
 * `fromPublished` of `published-trust`.
 */
export const withOwnNames = <Answer extends Answered>({ method, foreign, unreadable, ...rest }: Answer) => ({
  ...rest,
  kind: method,
  options: outlineOf(method).fromPublished(foreign),
  ...(unreadable ? { unreadable: unreadable.map((column) => ownNames[column] ?? column) } : {}),
})
