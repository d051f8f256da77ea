/** One step of a JSON Patch (RFC 6902 §4). */
export type PatchStep = { op: 'add' | 'replace'; path: string; value: unknown } | { op: 'remove'; path: string }

/**
 * Returns the steps that make one JSON value into another, to be applied in order (RFC 6902). What is equal at the beginning and
 * the end of a list is left alone. Members that are undefined count as absent.
 */
export function jsonPatch(before: unknown, after: unknown, path = ''): PatchStep[] {
  if (Object.is(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return listPatch(before, after, path)
  if (isObject(before) && isObject(after)) return objectPatch(before, after, path)
  return [{ op: 'replace', path, value: after }]
}

function objectPatch(before: Members, after: Members, path: string): PatchStep[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name): PatchStep[] => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const [old, now] = [memberOf(before, name), memberOf(after, name)]
    if (now === undefined) return old === undefined ? [] : [{ op: 'remove', path: at }]
    return old === undefined ? [{ op: 'add', path: at, value: now }] : jsonPatch(old, now, at)
  })
}

function listPatch(before: readonly unknown[], after: readonly unknown[], path: string): PatchStep[] {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && isSame(before[head], after[head])) head++
  let tail = 0
  while (tail < shorter - head && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail++
  const [old, now] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)]
  const at = (index: number) => `${path}/${head + index}`
  const common = Math.min(old.length, now.length)
  const changed = old.slice(0, common).flatMap((item, index) => jsonPatch(item, now[index], at(index)))
  const added = now.slice(common).map((value, index): PatchStep => ({ op: 'add', path: at(common + index), value }))
  // From the end, so that the places of the others stay.
  const removed = old.slice(common).map((_, index): PatchStep => ({ op: 'remove', path: at(common + index) }))
  return [...changed, ...added, ...removed.reverse()]
}

const isSame = (one: unknown, other: unknown) => jsonPatch(one, other).length === 0

type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const memberOf = (object: Members, name: string) => (Object.hasOwn(object, name) ? object[name] : undefined)
