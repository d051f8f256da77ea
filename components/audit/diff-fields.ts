/** One changed field. `path` is for display: dots between names, `#1` for the first of a list. */
export type FieldChange = {
  path: string
  kind: 'added' | 'removed' | 'changed'
  before?: unknown
  after?: unknown
}

/**
 * Returns the differences of two JSON values, field by field, in the order of `before`, then new fields. Objects are
 * compared by name, lists of objects by index; a list of plain values is one field.
 */
export function diffFields(before: unknown, after: unknown): FieldChange[] {
  return compare(before, after, '')
}

function compare(before: unknown, after: unknown, path: string): FieldChange[] {
  const left = childrenOf(before)
  const right = childrenOf(after)
  if (left && right && left.isList === right.isList) {
    const names = [...new Set([...left.children.keys(), ...right.children.keys()])]
    return names.flatMap((name) => {
      const below = join(path, left.isList ? `#${Number(name) + 1}` : name)
      if (!right.children.has(name)) return [removed(below, left.children.get(name))]
      if (!left.children.has(name)) return [added(below, right.children.get(name))]
      return compare(left.children.get(name), right.children.get(name), below)
    })
  }
  if (isSame(before, after)) return []
  return [{ path: path || 'value', kind: 'changed', before, after }]
}

const added = (path: string, after: unknown): FieldChange => ({ path, kind: 'added', after })

const removed = (path: string, before: unknown): FieldChange => ({ path, kind: 'removed', before })

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

/** Returns the members of an object or of a list of objects; null for any other value. */
function childrenOf(value: unknown): { isList: boolean; children: Map<string, unknown> } | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Array.isArray(value)) return { isList: false, children: new Map(Object.entries(value)) }
  const isOfObjects = value.length > 0 && value.every((item) => typeof item === 'object' && item !== null)
  return isOfObjects ? { isList: true, children: new Map(value.map((item, at) => [String(at), item])) } : null
}

/** Equality of JSON values, whatever the order of members. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(Reflect.get(one, key), Reflect.get(other, key)))
  )
}
