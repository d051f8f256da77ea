import type { z } from 'zod'
import { isDuplicateKey, rowProblems } from '@/components/form/key-value-rows'
import { StandaloneTrustInput, TrustInput } from '@/lib/apis/admin/trusts/wire'
import type { FieldIssue } from '@/lib/errors'
import { repeatedKidMessage, repeatedKids } from '@/lib/trust/key-sources/repeated-kids'
import { parseCertificates, parsePem } from '@/lib/trust/pem'
import { Algorithm, isIssuerMissing, issuerMissingMessage, KeySource, TrustPolicy } from '@/lib/trust/trust'
import { type DraftTrust, type Path, toTrustInput } from './to-trust-input'
import type { TrustFormValues } from './trust-form'

export type JudgedForm = {
  /** What would be sent; null while a field is wrong. */
  input: SentTrust | null
  /** Everything that is wrong, at the form's own places. */
  issues: FieldIssue[]
  /** What can be judged by already: the parts of the draft that are valid. May have no keys. */
  policy: TrustPolicy
  /** Form places whose value is wrong and which `policy` therefore leaves out. */
  leftOut: Path[]
  /** The form field of a place in `policy`, as checks name it (`rules.2`, `keys.0`). */
  fieldOfPolicy: (path: Path) => Path
}

export type SentTrust = z.output<typeof TrustInput> | z.output<typeof StandaloneTrustInput>

/** The schema of the route that a form is sent to. */
export const sentSchemaOf = ({ method }: Pick<TrustFormValues, 'method'>) =>
  method === 'jwt' || method === 'oidc' ? TrustInput : StandaloneTrustInput

/** Judges a form by the schema of the route, and by what the form alone can see. Quick: no key is read. */
export function judgeTrustForm(values: TrustFormValues): JudgedForm {
  const { input, fieldOf } = toTrustInput(values)
  const parsed = sentSchemaOf(values).safeParse(input)
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.map(toStep))
  const issues = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => toFieldIssue(issue, fieldOf))),
    ...claimIssues(values),
    ...mappedIssues(values),
    ...kidIssues(input, fieldOf),
    ...(isIssuerMissing({ method: values.method, issuer: input.issuer })
      ? [{ path: ['issuer'], code: 'issuer_required', message: issuerMissingMessage }]
      : []),
    ...lifetimeIssues(values),
  ]
  return {
    input: parsed.success && issues.length === 0 ? parsed.data : null,
    issues,
    leftOut: wrong.map(fieldOf),
    ...salvage(input, wrong, fieldOf),
  }
}

/** What only reading keys and certificates can tell: the same sentences that the server would answer. */
export async function judgeKeys(values: TrustFormValues): Promise<FieldIssue[]> {
  const { input, fieldOf } = toTrustInput(values)
  const issues = input.keys.map(async (key, at): Promise<FieldIssue[]> => {
    const { data: source } = KeySource.safeParse(key)
    if (source?.kind === 'static-pem') return problemAt(await parsePem(source.pem), fieldOf(['keys', at, 'pem']))
    if (source && 'caCert' in source && source.caCert) {
      return problemAt(parseCertificates(source.caCert), fieldOf(['keys', at, 'caCert']))
    }
    return []
  })
  return (await Promise.all(issues)).flat()
}

const problemAt = (reading: { ok: true } | { ok: false; code: string; message: string }, path: Path): FieldIssue[] =>
  reading.ok ? [] : [{ path: [...path], code: reading.code, message: reading.message }]

const toStep = (step: PropertyKey): string | number => (typeof step === 'symbol' ? String(step) : step)

function toFieldIssue(issue: z.core.$ZodIssue, fieldOf: (path: Path) => Path): FieldIssue {
  const path = [...fieldOf(issue.path.map(toStep))]
  return { path, code: issue.code ?? 'invalid', message: wording(issue, path) }
}

/** Sentences where zod's own would not say what to do. */
function wording(issue: z.core.$ZodIssue, path: Path): string {
  const [first, second] = path
  const isEmpty = issue.code === 'too_small' && issue.origin !== 'number' && issue.origin !== 'int'
  if (first === 'algorithms' && isEmpty) return 'Allow at least one algorithm.'
  if (first === 'sources' && path[2] === 'static-pem' && isEmpty) return 'Paste a public key, or choose a .pem file.'
  if (first === 'grant' && second === 'trustedIps' && isEmpty) {
    return 'Add at least one range; 0.0.0.0/0 and ::/0 stand for everywhere.'
  }
  if (first === 'signIn' && second === 'jwtEndpoint' && issue.code === 'invalid_format') {
    return 'Give a full URL of your gateway, for example https://portal.example.com/auth/jwt.'
  }
  if (first === 'name' && isEmpty) return 'Give a name; people choose by it.'
  if (first === 'mapped' && isEmpty) return 'Name the claim, or remove the row.'
  if (first === 'claims' && isEmpty) return 'Fill this in, or remove the row.'
  if (issue.code === 'invalid_type') return 'Fill this in.'
  return issue.message
}

/** Names with a field of their own; a row for one would be a second truth. */
const ownFields: Readonly<Record<string, string>> = { iss: 'Issuer', aud: 'Audiences', sub: 'Subject' }
const ownFieldsOfIssuers = { ...ownFields, roles: 'Roles', prm: 'Permissions' }

function claimIssues({ method, claims }: TrustFormValues): FieldIssue[] {
  const problems = rowProblems(claims)
  const fields: Readonly<Record<string, string>> = method === 'issuer' ? ownFieldsOfIssuers : ownFields
  return claims.flatMap(({ key }, at): FieldIssue[] => {
    const own = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (own) {
      const message = `"${key}" has a field of its own: use ${own} and remove this row.`
      return [{ path: ['claims', at, 'key'], code: 'own_field', message }]
    }
    const message = problems[at]
    if (!message || !isDuplicateKey(claims, at)) return []
    return [{ path: ['claims', at, 'key'], code: 'duplicate', message }]
  })
}

function mappedIssues({ mapped }: TrustFormValues): FieldIssue[] {
  return mapped.flatMap(({ key, value }, at): FieldIssue[] => {
    if (isDuplicateKey(mapped, at)) {
      return [{ path: ['mapped', at, 'key'], code: 'duplicate', message: `"${key}" is there twice.` }]
    }
    if (key.trim() === '' && value !== '')
      return [{ path: ['mapped', at, 'key'], code: 'empty', message: 'Give a name.' }]
    return []
  })
}

function kidIssues(input: DraftTrust, fieldOf: (path: Path) => Path): FieldIssue[] {
  const keys = input.keys.map((key) => KeySource.safeParse(key).data)
  // In their places, also where one of them cannot be read.
  const readable = keys.map((key) => key ?? { kind: 'static-pem' as const, pem: '' })
  return repeatedKids(readable).map(({ at }) => ({
    path: [...fieldOf(['keys', at, 'jwk'])],
    code: 'duplicate_kid',
    message: repeatedKidMessage,
  }))
}

function lifetimeIssues({ grant: { ttlSeconds, ttlSecondsMax } }: TrustFormValues): FieldIssue[] {
  if (ttlSecondsMax === 0 || !(ttlSeconds > ttlSecondsMax)) return []
  const message = 'The access token TTL must not be longer than the maximum TTL.'
  return [{ path: ['grant', 'ttlSeconds'], code: 'ttl_exceeds_max', message }]
}

/** The policy's schema without "at least one": what is left after wrong parts are taken out. */
const Salvaged = TrustPolicy.extend({ keys: KeySource.array(), algorithms: Algorithm.array() })

function salvage(
  input: DraftTrust,
  wrong: readonly Path[],
  fieldOf: (path: Path) => Path,
): Pick<JudgedForm, 'policy' | 'fieldOfPolicy'> {
  const wrongAt = (...start: Path) => wrong.some((path) => start.every((step, index) => path[index] === step))
  const keyPlaces = input.keys.flatMap((_, at) => (wrongAt('keys', at) ? [] : [at]))
  const rulePlaces = input.rules.flatMap((_, at) => (wrongAt('rules', at) ? [] : [at]))
  const policy = Salvaged.parse({
    issuer: wrongAt('issuer') ? null : input.issuer,
    keys: keyPlaces.map((at) => input.keys[at]),
    ...(input.keyUse ? { keyUse: input.keyUse } : {}),
    algorithms: input.algorithms,
    rules: rulePlaces.map((at) => input.rules[at]),
    lifetime: without(input.lifetime, (name) => wrongAt('lifetime', name)),
    grant: without(input.grant, (name) => wrongAt('grant', name)),
  })
  const places: Record<string, number[]> = { keys: keyPlaces, rules: rulePlaces }
  return {
    policy,
    fieldOfPolicy([first, at, ...rest]) {
      const place = typeof at === 'number' ? places[String(first)]?.[at] : undefined
      return fieldOf([first, place ?? at, ...rest].filter((step) => step !== undefined))
    },
  }
}

const without = (object: object, isLeftOut: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !isLeftOut(name)))
