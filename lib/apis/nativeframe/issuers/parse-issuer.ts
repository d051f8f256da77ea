import { AppError, type FieldIssue } from '@/lib/errors'
import { isFetchable } from '@/lib/services/keys/is-fetchable'
import { isJsonObject, type JsonValue } from '@/lib/trust/json/json'
import { jwkMember, type KeyProblem, readJwk } from '@/lib/trust/keys/jwk'
import { invalid, parseInput } from '../../field-issues'
import { uint64OfWire } from './mapper'
import { IssuerInput } from './wire'

/** The issuer in the path and the stored trust, which the body must agree with. */
export type Stored = { iss?: string; internal: boolean; static: boolean }

/**
 * Parses an issuer. Reports all wrong fields at once: those of the schema, of combinations, of the path and of the
 * stored issuer.
 * @throws AppError `invalid`
 */
export function parseIssuer(sent: unknown, stored: Stored = { internal: false, static: false }): IssuerInput {
  const parsed = tryParse(sent)
  const issues = [...parsed.issues, ...issuesOf(membersOf(sent), stored, parsed.issues)]
  if (parsed.value && issues.length === 0) return parsed.value
  throw invalid(issues)
}

const membersOf = (sent: unknown): Record<string, unknown> =>
  typeof sent === 'object' && sent !== null ? Object.fromEntries(Object.entries(sent)) : {}

function tryParse(sent: unknown): { value: IssuerInput | null; issues: FieldIssue[] } {
  try {
    return { value: parseInput(IssuerInput, sent), issues: [] }
  } catch (error) {
    if (error instanceof AppError && error.kind === 'invalid') return { value: null, issues: error.fields }
    throw error
  }
}

function issuesOf(body: Record<string, unknown>, stored: Stored, already: readonly FieldIssue[]): FieldIssue[] {
  // Anything but an object has no fields to report.
  if (already.some(({ path }) => path.length === 0)) return []
  const isSaid = (name: string) => already.some(({ path }) => path[0] === name)
  return [
    ...(isSaid('iss') ? [] : issIssues(body.iss, stored.iss)),
    ...(isSaid('JWKsURL') ? [] : urlIssues(body.JWKsURL)),
    ...(uint64OfWire(body.prm) === null ? [wrongPrm] : []),
    ...readOnlyIssues(body, stored),
    ...keyIssues(body.keys),
    ...sourceIssues(body),
  ]
}

function issIssues(iss: unknown, inPath: string | undefined): FieldIssue[] {
  if (inPath === undefined || iss === inPath) return []
  const message = 'This is another issuer than the path names. An issuer cannot be renamed. Create a new one instead.'
  return [{ path: ['iss'], code: 'iss_mismatch', message }]
}

function urlIssues(url: unknown): FieldIssue[] {
  if (typeof url !== 'string' || url === '' || (URL.canParse(url) && isFetchable(new URL(url)))) return []
  const message = 'Keys are fetched over https only. Give the https URL, or have the operator allow this origin.'
  return [{ path: ['JWKsURL'], code: 'https_required', message }]
}

const wrongPrm: FieldIssue = {
  path: ['prm'],
  code: 'invalid_uint64',
  message: 'Give a whole number from 0 to 18446744073709551615, as a JSON integer or as its decimal text.',
}

function readOnlyIssues(body: Record<string, unknown>, stored: Stored): FieldIssue[] {
  return (['internal', 'static'] as const).flatMap((name) => {
    const said = body[name]
    if (typeof said !== 'boolean' || said === stored[name]) return []
    const message = `This field cannot be set. Leave it out, or send what is stored: ${stored[name]}.`
    return [{ path: [name], code: 'read_only_field', message }]
  })
}

const keyCodes: Partial<Record<KeyProblem, string>> = { private_key: 'private_key_material' }

function keyIssues(keys: unknown): FieldIssue[] {
  if (!Array.isArray(keys)) return []
  const firstOf = new Map<string, number>()
  return keys.slice(0, 100).flatMap((jwk: JsonValue, index): FieldIssue[] => {
    if (!isJsonObject(jwk)) return []
    const kid = jwkMember(jwk, 'kid')
    const issues: FieldIssue[] = []
    const reading = readJwk(jwk)
    if (!reading.ok) {
      issues.push({ path: ['keys', index], code: keyCodes[reading.code] ?? reading.code, message: reading.message })
    }
    if (kid !== undefined && typeof kid !== 'string') {
      issues.push({
        path: ['keys', index, 'kid'],
        code: 'invalid_kid',
        message: 'A key ID is text; leave it out or give it.',
      })
    } else if (typeof kid === 'string') {
      const first = firstOf.get(kid)
      const message = `The key ID is that of keys[${first}] already. Every key needs its own.`
      if (first !== undefined) issues.push({ path: ['keys', index, 'kid'], code: 'duplicate_kid', message })
      else firstOf.set(kid, index)
    }
    return issues
  })
}

function sourceIssues({ JWKsURL, keys }: Record<string, unknown>): FieldIssue[] {
  const isMissing = (value: unknown) =>
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (!isMissing(JWKsURL) || !isMissing(keys)) return []
  const message = 'Give JWKsURL or at least one key: without either, no token could be verified.'
  return ['JWKsURL', 'keys'].map((name) => ({ path: [name], code: 'jwks_or_keys_required', message }))
}
