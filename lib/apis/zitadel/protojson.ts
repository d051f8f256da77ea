import { AppError } from '@/lib/errors'

/**
 * Normalizes ProtoJSON to the form of our schemas: lowerCamel names, `null` as absent.
 * @throws AppError `malformed` when a member is given under both names
 */
export function fromProtoJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromProtoJson)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .filter(([, member]) => member !== null)
    .map(([name, member]) => [toLowerCamel(name), fromProtoJson(member)] as const)
  const names = new Set<string>()
  for (const [name] of members) {
    if (names.has(name)) throw new AppError('malformed', `duplicate field ${JSON.stringify(name)}`)
    names.add(name)
  }
  return Object.fromEntries(members)
}

/** Drops default values: `''`, `false`, `0`, empty lists, and unspecified enum values. */
export function withoutDefaults<T extends object>(message: T): Partial<T> {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => !isDefault(value))) as Partial<T>
}

/** `details` of a list. */
export const listDetails = (now: Date, total: number, sequence: string) => ({
  ...withoutDefaults({ totalResult: String(total), processedSequence: sequence }),
  viewTimestamp: now.toISOString(),
})

const isDefault = (value: unknown) =>
  value === undefined ||
  value === '' ||
  value === false ||
  value === 0 ||
  value === '0' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'string' && /^[A-Z_]+_UNSPECIFIED$/.test(value))

/** `jwt_endpoint` → `jwtEndpoint`; a name without underscores stays as it is. */
const toLowerCamel = (name: string) =>
  name === '__proto__' ? name : name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
