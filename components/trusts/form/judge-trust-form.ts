import { z } from 'zod'
import { isDuplicateKey, rowProblems } from '@/components/form/key-value-rows'
import type { FieldIssue } from '@/lib/errors'
import { Algorithm } from '@/lib/trust/algorithms'
import { keyIssues, quickDraftIssues } from '@/lib/trust/draft-issues'
import { ClaimRule, KeySource, TrustPolicy } from '@/lib/trust/policy'
import type { KindForm, SentTrust } from './kind-form'
import type { Path } from './path'
import { type DraftTrust, toTrustInput } from './to-trust-input'
import type { TrustFormValues } from './values'

export type JudgedForm = {
  /** Request body; null while a field is invalid. */
  input: SentTrust | null
  /** Every problem, by form path. */
  issues: FieldIssue[]
  /** The valid parts of the draft, to judge by. May have no keys. */
  policy: TrustPolicy
  /** Form paths with invalid values, which `policy` leaves out. */
  leftOut: Path[]
  /** Returns the form field for a path in `policy`, as checks name it (`rules.2`, `keys.0`). */
  fieldOfPolicy: (path: Path) => Path
}

/** Judges a form by the schema of the route and by the form's own rules. Fast: reads no key. */
export function judgeTrustForm(form: KindForm, values: TrustFormValues): JudgedForm {
  const { input, fieldOf } = toTrustInput(form, values)
  const parsed = form.sent.safeParse(input)
  const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.map(toStep))
  const issues = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => toFieldIssue(form, issue, fieldOf))),
    ...claimIssues(form, values),
    ...mappedIssues(values),
    ...draftIssues(form, input).map((issue) => ({ ...issue, path: [...fieldOf(issue.path)] })),
  ]
  return {
    input: parsed.success && issues.length === 0 ? parsed.data : null,
    issues,
    leftOut: wrong.map(fieldOf),
    ...salvage(input, wrong, fieldOf),
  }
}

/** Returns problems found by reading keys and certificates, with the server's messages. */
export async function judgeKeys(form: KindForm, values: TrustFormValues): Promise<FieldIssue[]> {
  const { input, fieldOf } = toTrustInput(form, values)
  const issues = await keyIssues(readableKeys(input), null)
  return issues.map((issue) => ({ ...issue, path: [...fieldOf(issue.path)] }))
}

/** Problems of the draft that need no key, as far as its fields can be read. */
function draftIssues({ kind }: KindForm, input: DraftTrust): FieldIssue[] {
  const issuer = typeof input.issuer === 'string' ? input.issuer : null
  return quickDraftIssues({ kind, issuer, keys: readableKeys(input), grant: Ttls.parse(input.grant) })
}

/** Lifetimes of a grant; an invalid one is 0. */
const Ttls = z.object({ ttlSeconds: z.number().catch(0), ttlSecondsMax: z.number().catch(0) })

/** Key sources at their indexes; an unreadable one is a source without keys. */
const readableKeys = ({ keys }: DraftTrust): KeySource[] =>
  listOf(keys).map((key) => KeySource.safeParse(key).data ?? { kind: 'oidc-discovery', url: '', caCert: '' })

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const toStep = (step: PropertyKey): string | number => (typeof step === 'symbol' ? String(step) : step)

function toFieldIssue({ fields }: KindForm, issue: z.core.$ZodIssue, fieldOf: (path: Path) => Path): FieldIssue {
  const path = [...fieldOf(issue.path.map(toStep))]
  const dotted = path.join('.')
  const field = fields.find((one) => dotted === one.path || dotted.startsWith(`${one.path}.`))
  const missing = issue.code === 'invalid_type' ? 'Fill this in.' : issue.message
  return { path, code: issue.code ?? 'invalid', message: field?.wording?.(issue, path) ?? missing }
}

function claimIssues({ fields }: KindForm, { claims }: TrustFormValues): FieldIssue[] {
  const problems = rowProblems(claims)
  return claims.flatMap(({ key }, at): FieldIssue[] => {
    // A row for a claim that has a field would contradict it.
    const own = fields.find(({ claim }) => claim === key)
    if (own) {
      const message = `"${key}" has a field of its own: use ${own.label} and remove this row.`
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

/** Schema of the policy without lengths of lists, for what is left after invalid parts are removed: a limit is a field’s error. */
const Salvaged = TrustPolicy.extend({
  keys: KeySource.array(),
  algorithms: Algorithm.array(),
  rules: ClaimRule.array(),
})

function salvage(
  input: DraftTrust,
  wrong: readonly Path[],
  fieldOf: (path: Path) => Path,
): Pick<JudgedForm, 'policy' | 'fieldOfPolicy'> {
  const wrongAt = (...start: Path) => wrong.some((path) => start.every((step, index) => path[index] === step))
  const [keys, rules] = [listOf(input.keys), listOf(input.rules)]
  const keyPlaces = keys.flatMap((_, at) => (wrongAt('keys', at) ? [] : [at]))
  const rulePlaces = rules.flatMap((_, at) => (wrongAt('rules', at) ? [] : [at]))
  const parts = Object.keys(TrustPolicy.shape).map((name) => [name, salvaged(name, input[name], wrongAt)] as const)
  const policy = Salvaged.parse({
    ...Object.fromEntries(parts.filter(([, value]) => value !== undefined)),
    keys: keyPlaces.map((at) => keys[at]),
    rules: rulePlaces.map((at) => rules[at]),
    // No algorithm must not mean all of them.
    algorithms: input.algorithms,
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

/** Returns a part of the policy without its invalid members; undefined where all of it is invalid. */
function salvaged(name: string, value: unknown, wrongAt: (...start: Path) => boolean): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongAt(name) ? undefined : value
  return Object.fromEntries(Object.entries(value).filter(([member]) => !wrongAt(name, member)))
}
