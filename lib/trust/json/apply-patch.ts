import type { PatchStep } from './json-patch'

/** A step as others send it. */
export type AnyStep = { op: PatchStep['op']; path: string; value?: unknown }

/**
 * Returns a JSON value after the steps of a JSON Patch (RFC 6902 §4.1–4.3), applied in order; the value itself is left as it is.
 * Null where a step names a place that is not there.
 */
export function applyPatch<Value>(value: Value, steps: readonly AnyStep[]): Value | null {
  let root: unknown = structuredClone(value)
  for (const step of steps) {
    const [first, ...rest] = readPointer(step.path)
    if (first === undefined) {
      if (step.op === 'remove') return null
      root = step.value
    } else if (!applyAt(root, [first, ...rest], step)) return null
  }
  return root as Value
}

/** Segments of a JSON Pointer (RFC 6901 §4). */
const readPointer = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))

function applyAt(container: unknown, [name = '', ...rest]: readonly string[], step: AnyStep): boolean {
  if (Array.isArray(container)) {
    const at = name === '-' ? container.length : indexOf(name)
    if (at === null || at > container.length) return false
    if (rest.length > 0) return applyAt(container[at], rest, step)
    if (step.op !== 'add' && at === container.length) return false
    if (step.op === 'remove') container.splice(at, 1)
    else container.splice(at, step.op === 'add' ? 0 : 1, step.value)
    return true
  }
  if (typeof container !== 'object' || container === null) return false
  const isThere = Object.hasOwn(container, name)
  if (rest.length > 0) return isThere && applyAt(Reflect.get(container, name), rest, step)
  if (step.op !== 'add' && !isThere) return false
  if (step.op === 'remove') return Reflect.deleteProperty(container, name)
  return Reflect.defineProperty(container, name, { value: step.value, ...plain })
}

/** A member named `__proto__` is a member like any other. */
const plain = { configurable: true, enumerable: true, writable: true }

const indexOf = (segment: string): number | null => (/^(0|[1-9][0-9]{0,8})$/.test(segment) ? Number(segment) : null)
