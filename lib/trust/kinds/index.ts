import type { z } from 'zod'
import type { Verdict } from '../engine/verdict'
import { registry } from '../registry'
import { issuer } from './issuer'
import { jwtAuth } from './jwt-auth'
import type { KindDefinition } from './kind'
import { oidcAuth } from './oidc-auth'
import type { IdentityKind } from './outline'
import { signIn } from './sign-in'

export type { Opening, Pasted } from './kind'
export { issuer, jwtAuth, oidcAuth, signIn }

/** The kinds of trust. */
export const kinds = registry(jwtAuth, oidcAuth, issuer, signIn)

/** The part of a trust that its kind defines: `kind`, which says the type of `options`. */
export type KindPart = z.output<typeof kinds.schema>
export type Kind = KindPart['kind']

export { type IdentityKind, identityKinds } from './outline'

/** A kind whose trusts belong to the organization, not to an identity. */
export type StandaloneKind = Exclude<Kind, IdentityKind>

/** A kind's definition where the kind is not known: its functions take the options of its own kind. */
type AnyDefinition = KindDefinition<Kind, 'identity' | 'organization', z.ZodType<object>>

/** Returns the definition of a kind. */
export const definitionOf = (kind: Kind): AnyDefinition => kinds.of(kind)

/** Joins a kind and options that its schema has read. */
export const withKind = (kind: Kind, options: object) => ({ kind, options }) as KindPart

/** Returns the part of a trust that depends on its kind. */
export const kindPart = ({ kind, options }: KindPart) => withKind(kind, options)

/** Returns the engine's verdict as a kind of trust shows it. */
export const shownVerdict = (kind: Kind, verdict: Verdict): Verdict =>
  definitionOf(kind).toVerdict?.(verdict) ?? verdict
