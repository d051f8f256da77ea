/** One field that differs. `path` is for people: dots between names, `#1` for the first of a list. */
export type FieldChange = {
  path: string
  kind: 'added' | 'removed' | 'changed'
  before?: unknown
  after?: unknown
}

/**
 * What differs between two JSON values, field by field, in the order of `before`, then what is new. Objects are compared
 * by name and lists of objects by place; a list of plain values is one field, because its order means something.
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

/** Null for what is one value: text, numbers, lists of these, and empty lists. */
function childrenOf(value: unknown): { isList: boolean; children: Map<string, unknown> } | null {
  if (typeof value !== 'object' || value === null) return null
  if (!Array.isArray(value)) return { isList: false, children: new Map(Object.entries(value)) }
  const isOfObjects = value.length > 0 && value.every((item) => typeof item === 'object' && item !== null)
  return isOfObjects ? { isList: true, children: new Map(value.map((item, at) => [String(at), item])) } : null
}

/** Equality of JSON values; the order of an object's members means nothing. */
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
