/**
 * Returns the holder of a value that a process has once. Next bundles a file more than once, so a variable of a module is not
 * enough; `name` is the same in every bundle.
 */
export function perProcess<Value>(name: string): { value: Value | undefined } {
  const holders = globalThis as unknown as Record<symbol, { value: Value | undefined } | undefined>
  const key = Symbol.for(`keybound.${name}`)
  const holder = holders[key] ?? { value: undefined }
  holders[key] = holder
  return holder
}
