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

function allIssues(error: z.ZodError, known: string[]): FieldIssue[] {
  return error.issues.flatMap((issue): FieldIssue[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, issuesMax)
        .map((key) => ({ path: [...path, key], code: 'unknown_key', message: unknownKey(key, known) }))
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const closest = issue.errors.reduce((best, next) => (next.length < best.length ? next : best))
      const [first] = closest
      return [{ path, code: issue.code, message: first?.message ?? issue.message }]
    }
    return [{ path, code: issue.code ?? 'invalid_value', message: wording(issue) }]
  })
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'Required.'
  return issue.message
}

function unknownKey(key: string, known: string[]): string {
  const farMax = Math.max(2, Math.floor(key.length / 4))
  const meant = known.flatMap((name) => {
    const far = distance(key.toLowerCase(), name.toLowerCase(), farMax)
    return far <= farMax ? [{ name, far }] : []
  })
  const [closest] = meant.sort((one, other) => one.far - other.far)
  return closest ? `Unknown field. Did you mean "${closest.name}"?` : 'Unknown field.'
}

function knownKeys(schema: z.ZodType): string[] {
  return 'shape' in schema && typeof schema.shape === 'object' && schema.shape ? Object.keys(schema.shape) : []
}

/** Levenshtein distance; infinite where the lengths differ by more than `max`, and for keys longer than 100. */
function distance(one: string, other: string, max: number): number {
  if (one.length > 100 || Math.abs(one.length - other.length) > max) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < other.length; j++) {
      const changed = (row[j] ?? 0) + (one[i] === other[j] ? 0 : 1)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, changed))
    }
    row = next
  }
  return row[other.length] ?? Number.POSITIVE_INFINITY
}
