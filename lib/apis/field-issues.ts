import { distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/errors'

/**
 * Parses input, or reports every wrong field.
 * @param at path of the input, prefixed to every issue
 * @throws AppError `invalid`
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown, at: (string | number)[] = []): T {
  const parsed = schema.safeParse(input, { reportInput: true })
  const unkeepable = unkeepableTexts(input)
  if (parsed.success && unkeepable.length === 0) return parsed.data
  const issues = parsed.success ? [] : toFieldIssues(parsed.error, knownKeys(schema))
  const seen = new Set(unkeepable.map(({ path }) => path.join('\0')))
  const all = [...unkeepable, ...issues.filter(({ path }) => !seen.has(path.join('\0')))]
  throw invalid(all.slice(0, issuesMax).map((issue) => ({ ...issue, path: [...at, ...issue.path] })))
}

/**
 * Reports what no schema sees and storage would lose: U+0000, which PostgreSQL refuses in text, and members named
 * `__proto__`, which zod drops. As many as an answer lists.
 */
function unkeepableTexts(input: unknown): FieldIssue[] {
  const found: FieldIssue[] = []
  const path: (string | number)[] = []
  const visit = (value: unknown) => {
    if (found.length >= issuesMax) return
    if (typeof value === 'string') {
      if (value.includes('\0')) found.push({ path: [...path], ...zeroCharacter })
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visitAt(index, item)
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        if (name === '__proto__' || name.includes('\0')) found.push({ path: [...path, name], ...nameRefused })
        else visitAt(name, member)
      }
    }
  }
  const visitAt = (name: string | number, value: unknown) => {
    path.push(name)
    visit(value)
    path.pop()
  }
  visit(input)
  return found.slice(0, issuesMax)
}

const zeroCharacter = { code: 'zero_character', message: 'A zero character (U+0000) is not allowed.' }
const nameRefused = { code: 'name_refused', message: 'Nothing can have this name.' }

/** Returns an `invalid` error with the first field's message. */
export function invalid(fields: FieldIssue[]) {
  const [first] = fields
  const where = first?.path.length ? `${first.path.join('.')}: ` : ''
  return new AppError('invalid', first ? `${where}${first.message}` : 'The input is not valid.', { fields })
}

/** Converts zod's issues: one per wrong field, each unknown key with a proposal. */
export function toFieldIssues(error: z.ZodError, known: string[] = []): FieldIssue[] {
  const seen = new Set<string>()
  const isFirst = ({ path }: FieldIssue) => seen.size < seen.add(path.join('\0')).size
  return allIssues(error, known).filter(isFirst).slice(0, issuesMax)
}

/** Maximum number of wrong fields in an answer, so that it is not longer than the body. */
const issuesMax = 50

function allIssues({ issues }: Pick<z.ZodError, 'issues'>, known: string[], above: Path = []): FieldIssue[] {
  return issues.flatMap((issue): FieldIssue[] => {
    const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, issuesMax)
        .map((key) => ({ path: [...path, key], code: 'unknown_key', message: unknownKey(key, known) }))
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const needed = issue.errors.map(membersMissing)
      if (needed.every((names) => names.length > 0))
        return [...strangers(issue.errors, needed, path), formless(needed, path)]
      const closest = issue.errors.reduce((best, next) => (distanceOf(next) < distanceOf(best) ? next : best))
      if (closest.some((inner) => inner.path.length > 0)) return allIssues({ issues: closest }, [], path)
      const [first] = closest
      return [{ path, code: issue.code, message: first?.message ?? issue.message }]
    }
    return [{ path, code: issue.code ?? 'invalid_value', message: wording(issue) }]
  })
}

type Path = FieldIssue['path']

/** How far a value is from one form of a union: members that the form does not have, or lacks, count most. */
const distanceOf = (issues: z.core.$ZodIssue[]): number =>
  issues.reduce((sum, { path }) => sum + (path.length > 1 ? 1 : 1000), 0)

/** Names of the members that a form of a union requires and a value lacks. */
const membersMissing = (issues: z.core.$ZodIssue[]): string[] =>
  issues.flatMap((issue) =>
    issue.code === 'invalid_type' && issue.input === undefined && issue.path.length === 1
      ? [String(issue.path[0])]
      : [],
  )

/** Says what a value needs that has no form of its union, at the first member of it. */
function formless(needed: string[][], path: Path): FieldIssue {
  const [first = [], ...others] = needed
  const more = [first.slice(1), ...others]
    .map((names) => names.map((name) => `"${name}"`).join(' and '))
    .filter(Boolean)
  const joined = [first.length > 1 ? 'with ' : 'or else ', [...new Set(more)].join(', or else ')].join('')
  return { path: [...path, first[0] ?? ''], code: 'invalid_union', message: `Required, ${joined}.` }
}

/** Members of such a value that no form has, each with the one that may be meant. */
function strangers(forms: z.core.$ZodIssue[][], needed: string[][], path: Path): FieldIssue[] {
  const unknown = forms.map((issues) =>
    issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])),
  )
  const everywhere = (unknown[0] ?? []).filter((key) => unknown.every((keys) => keys.includes(key)))
  return everywhere.slice(0, issuesMax).map((key) => ({
    ...{ path: [...path, key], code: 'unknown_key', message: unknownKey(key, needed.flat()) },
  }))
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'Required.'
  return issue.message
}

/** A message that proposes the known key nearest to an unknown one. Keys longer than 100 get none: comparing costs the square of the length. */
function unknownKey(key: string, known: string[]): string {
  const farMax = Math.max(2, Math.floor(key.length / 4))
  const meant = (key.length > 100 ? [] : known)
    .map((name) => ({ name, far: distance(key.toLowerCase(), name.toLowerCase()) }))
    .filter(({ far }) => far <= farMax)
  const [closest] = meant.sort((one, other) => one.far - other.far)
  return closest ? `Unknown field. Did you mean "${closest.name}"?` : 'Unknown field.'
}

function knownKeys(schema: z.ZodType): string[] {
  return 'shape' in schema && typeof schema.shape === 'object' && schema.shape ? Object.keys(schema.shape) : []
}
