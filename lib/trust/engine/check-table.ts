import type { ErrorKind } from '@/lib/errors'

/** The part of a login that a check examines. Those of `token`, `header` and `payload` need neither a key nor a trust. */
type Phase = 'trust' | 'token' | 'header' | 'keys' | 'signature' | 'payload' | 'claims' | 'time' | 'grant'

type CheckRow = {
  phase: Phase
  /** Two or three words for a list. */
  title: string
  /** The kind of refusal when this check is decisive; each API's envelope maps it to a status. */
  refusal: Extract<ErrorKind, 'unauthenticated' | 'forbidden' | 'not-found' | 'unavailable'>
  /** The part of a trust that the check belongs to, unless a check names another. */
  field?: string
  /** The claim whose value the check shows as received. */
  claim?: string
}

/**
 * Every check, in the order of a verdict. Ids are a public contract: they never change meaning. docs/verification.md describes
 * each; a rule on any claim but `aud` and `sub` is `claim:<path>`, between `age` and `replay`. `method` is the check of a login
 * that found no trust to judge by.
 */
export const checkTable = {
  'token.shape': { phase: 'token', title: 'Token form', refusal: 'unauthenticated' },
  'token.limits': { phase: 'token', title: 'Token size', refusal: 'unauthenticated' },
  'header.json': { phase: 'header', title: 'Header', refusal: 'unauthenticated' },
  'header.typ': { phase: 'header', title: 'Token type', refusal: 'unauthenticated' },
  'header.crit': { phase: 'header', title: 'Header extensions', refusal: 'unauthenticated' },
  'header.alg': { phase: 'header', title: 'Algorithm', refusal: 'unauthenticated', field: 'algorithms' },
  'keys.source': { phase: 'keys', title: 'Key source', refusal: 'unavailable' },
  'keys.kid': { phase: 'keys', title: 'Key ID', refusal: 'unauthenticated' },
  'keys.usable': { phase: 'keys', title: 'Key use', refusal: 'unauthenticated' },
  'keys.strength': { phase: 'keys', title: 'Key strength', refusal: 'unauthenticated' },
  signature: { phase: 'signature', title: 'Signature', refusal: 'unauthenticated' },
  'claims.json': { phase: 'payload', title: 'Claims', refusal: 'unauthenticated' },
  iss: { phase: 'claims', title: 'Issuer', refusal: 'forbidden', field: 'issuer', claim: 'iss' },
  aud: { phase: 'claims', title: 'Audience', refusal: 'forbidden', field: 'rules', claim: 'aud' },
  sub: { phase: 'claims', title: 'Subject', refusal: 'forbidden', field: 'rules', claim: 'sub' },
  exp: {
    ...{ phase: 'time', title: 'Expiry', refusal: 'unauthenticated' },
    ...{ field: 'lifetime.expirySkewSeconds', claim: 'exp' },
  },
  nbf: {
    ...{ phase: 'time', title: 'Not before', refusal: 'unauthenticated' },
    ...{ field: 'lifetime.clockSkewSeconds', claim: 'nbf' },
  },
  iat: {
    ...{ phase: 'time', title: 'Issued at', refusal: 'unauthenticated' },
    ...{ field: 'lifetime.clockSkewSeconds', claim: 'iat' },
  },
  lifetime: { phase: 'time', title: 'Lifetime', refusal: 'unauthenticated' },
  age: { phase: 'time', title: 'Age', refusal: 'unauthenticated', field: 'lifetime.tokenAgeSecondsMax' },
  replay: { phase: 'grant', title: 'Replay', refusal: 'unauthenticated' },
  ip: { phase: 'grant', title: 'Address', refusal: 'forbidden', field: 'grant.trustedIps' },
  grant: { phase: 'grant', title: 'Access token', refusal: 'forbidden', field: 'grant' },
  method: { phase: 'trust', title: 'Method', refusal: 'not-found' },
} as const satisfies Record<string, CheckRow>

type FixedId = keyof typeof checkTable
export type CheckId = FixedId | `claim:${string}`

/** The checks of a verdict in order, without those of claim rules. */
export const checkIds = checksOf('token', 'header', 'keys', 'signature', 'payload', 'claims', 'time', 'grant')

/** Returns the ids of the checks of some phases, in order. */
export function checksOf<P extends Phase>(...phases: P[]) {
  return Object.entries<CheckRow>(checkTable).flatMap(([id, { phase }]) =>
    phases.some((one) => one === phase) ? [id as IdsOf<P>] : [],
  )
}

type IdsOf<P extends Phase> = { [Id in FixedId]: (typeof checkTable)[Id]['phase'] extends P ? Id : never }[FixedId]

/** Returns the row of a check. An id that an older version stored and this one does not know is its own title. */
export function rowOf(id: CheckId): CheckRow {
  if (Object.hasOwn(checkTable, id)) return checkTable[id as FixedId]
  const claim = id.replace(/^claim:/, '')
  return { phase: 'claims', title: claim, refusal: 'forbidden', field: 'rules', claim }
}

/** Whether a check is about the form of the token, which is judged without a key or a trust. */
export const isAboutForm = (id: CheckId): boolean => ['token', 'header', 'payload'].includes(rowOf(id).phase)

/** Whether a check is about what a token says. Such a failure decides only if the token is authentic and in time. */
export const isAboutStatement = (id: CheckId): boolean => ['claims', 'grant'].includes(rowOf(id).phase)
