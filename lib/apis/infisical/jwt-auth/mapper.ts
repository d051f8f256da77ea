import type { z } from 'zod'
import type { FieldIssue } from '@/lib/errors'
import { jwtAuth } from '@/lib/trust/kinds'
import { type InactiveKeys, inactiveKeysOrNull, noKeys } from '@/lib/trust/kinds/jwt-auth'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import { invalid } from '../../field-issues'
import { fromRules, toRules } from '../bound-rules'
import { accessTokenDefaults, fromGrant, given, toAccessTokenFields, toGrant } from '../protocol'
import type { IdentityJwtAuth, JwtAuthInput } from './wire'

/** All fields, as a client could send them again. */
type Whole = Required<JwtAuthInput>

const defaults: Omit<Whole, 'configurationType'> = {
  ...noKeys,
  boundIssuer: '',
  boundAudiences: '',
  boundClaims: {},
  boundSubject: '',
  ...accessTokenDefaults,
}

/** Returns the draft of an attach. @throws AppError `invalid` when it names no source of keys */
export function toDraft(identityId: string, name: string, sent: JwtAuthInput): z.input<typeof TrustDraft> {
  const configurationType = sent.configurationType ?? inferType(sent)
  return draftOf(identityId, name, { ...defaults, ...given(sent), configurationType })
}

/**
 * Returns the draft of an update: omitted fields are kept. A change of the type needs the new type's key field. Null
 * for a trust that this API cannot represent.
 * @throws AppError `invalid`
 */
export function toChangedDraft(before: Trust, sent: JwtAuthInput): z.input<typeof TrustDraft> | null {
  const stored = toWhole(before)
  if (!stored) return null
  const configurationType = sent.configurationType ?? inferType(sent, stored.configurationType)
  const kept = configurationType === stored.configurationType ? stored : { ...stored, ...noKeys }
  const draft = draftOf(before.identityId, before.name, { ...kept, ...given(sent), configurationType })
  // What this API cannot express is kept as well.
  return { ...before, ...draft, grant: { ...before.grant, ...draft.grant } }
}

/** Returns the wire form of a trust, or null when this API cannot represent it. */
export function toWire(trust: Trust): IdentityJwtAuth | null {
  const whole = toWhole(trust)
  if (!whole || trust.identityId === null) return null
  const { accessTokenTTL, accessTokenMaxTTL, accessTokenNumUsesLimit, accessTokenTrustedIps, ...rest } = whole
  return {
    id: trust.id,
    identityId: trust.identityId,
    ...rest,
    ...fromGrant(trust.grant),
    createdAt: trust.createdAt.toISOString(),
    updatedAt: trust.updatedAt.toISOString(),
  }
}

function toWhole(trust: Trust): Whole | null {
  const bound = fromRules(trust.rules)
  if (!bound || !jwtAuth.is(trust) || Object.keys(trust.grant.metadata).length > 0) return null
  const keys = toKeyFields(trust.keys, trust.options.inactiveKeys ?? noKeys)
  if (!keys) return null
  if (trust.grant.carry) return null
  return { ...keys, boundIssuer: trust.issuer ?? '', ...bound, ...toAccessTokenFields(trust.grant) }
}

type KeyFields = Pick<Whole, 'configurationType' | 'jwksUrl' | 'jwksCaCert' | 'publicKeys'>

/** Fields of the active type come from the key sources, those of the other from the options. */
function toKeyFields(keys: Trust['keys'], { jwksUrl, jwksCaCert, publicKeys }: InactiveKeys): KeyFields | null {
  const [first] = keys
  if (first?.kind === 'jwks-url' && keys.length === 1) {
    return { configurationType: 'jwks', jwksUrl: first.url, jwksCaCert: first.caCert, publicKeys }
  }
  const pems = keys.flatMap((source) => (source.kind === 'static-pem' ? [source.pem] : []))
  if (pems.length !== keys.length) return null
  return { configurationType: 'static', jwksUrl, jwksCaCert, publicKeys: pems }
}

function toInactiveKeys({ configurationType, jwksUrl, jwksCaCert, publicKeys }: Whole): InactiveKeys {
  return configurationType === 'jwks' ? { ...noKeys, publicKeys } : { ...noKeys, jwksUrl, jwksCaCert }
}

function draftOf(identityId: string | null, name: string, whole: Whole) {
  return {
    kind: jwtAuth.kind,
    identityId,
    name,
    issuer: whole.boundIssuer || null,
    keys: toKeys(whole),
    rules: toRules(whole),
    grant: toGrant(whole),
    options: { inactiveKeys: inactiveKeysOrNull(toInactiveKeys(whole)) },
  }
}

function toKeys(whole: Whole): z.input<typeof TrustDraft>['keys'] {
  if (whole.configurationType === 'jwks') {
    if (!whole.jwksUrl) throw invalid([required('jwksUrl', "configurationType 'jwks' needs the URL of the key set.")])
    return [{ kind: 'jwks-url', url: whole.jwksUrl, caCert: whole.jwksCaCert }]
  }
  if (whole.publicKeys.length === 0) {
    throw invalid([required('publicKeys', "configurationType 'static' needs at least one public key in PEM.")])
  }
  return whole.publicKeys.map((pem) => ({ kind: 'static-pem' as const, pem }))
}

/** Derives the type from the key field. @throws AppError `invalid` for both, or for neither with nothing stored */
function inferType(sent: JwtAuthInput, stored?: Whole['configurationType']): Whole['configurationType'] {
  const jwks = Boolean(sent.jwksUrl)
  const pems = Boolean(sent.publicKeys?.length)
  if (jwks && !pems) return 'jwks'
  if (pems && !jwks) return 'static'
  if (!jwks && !pems && stored) return stored
  const message = jwks
    ? 'Both jwksUrl and publicKeys are given: say with configurationType which of them counts.'
    : 'Give configurationType, or a jwksUrl, or publicKeys.'
  throw invalid([required('configurationType', message)])
}

const required = (field: string, message: string): FieldIssue => ({ path: [field], code: 'required', message })
