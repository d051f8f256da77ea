import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Entry = {
  integrity?: string
  resolved?: string
  link?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
const lockfile: { packages: Record<string, Entry> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const entries = Object.entries(lockfile.packages).filter(([place]) => place !== '')

test('every package of the lockfile has its hash', () => {
  expect(entries.length).toBeGreaterThan(100)
  const without = entries.filter(([, entry]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? ''))
  expect(without.map(([place]) => place)).toEqual([])
})

test('the lockfile names no registry, so that a mirror can be used', () => {
  expect(entries.filter(([, { resolved, link }]) => resolved || link).map(([place]) => place)).toEqual([])
})

test('packages for one platform are locked for Linux and macOS, x64 and arm64', () => {
  const served = /(darwin|linux|linuxmusl)-(x64|arm64)(-gnu|-musl)?$/
  const missing = entries.flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => served.test(name) && !find(place, name))
      .map((name) => `${name}, wanted by ${place}`),
  )
  expect(missing).toEqual([])
})

test('no package that the server needs compiles anything when it is installed', () => {
  const compilers = ['bindings', 'cmake-js', 'node-gyp', 'node-pre-gyp', '@mapbox/node-pre-gyp', 'prebuild-install']
  const compiling = entries.filter(([, { dependencies = {} }]) => compilers.some((name) => name in dependencies))
  expect(compiling.map(([place]) => place)).toEqual([])
  // It brings its binaries, and builds only where it has none.
  const sqlite = entries.filter(([, { dependencies = {} }]) => 'node-gyp-build' in dependencies)
  expect(sqlite.map(([place]) => place)).toEqual(['node_modules/@photostructure/sqlite'])
  const platforms = readdirSync('node_modules/@photostructure/sqlite/prebuilds')
  expect(platforms).toEqual(expect.arrayContaining(['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64']))
})

/** The entry that `name` leads to from a package at `place`, by Node's rule: nearest node_modules first. */
function find(place: string, name: string): Entry | undefined {
  const inside = lockfile.packages[`${place}/node_modules/${name}`]
  if (inside) return inside
  const above = place.lastIndexOf('/node_modules/')
  return above === -1 ? lockfile.packages[`node_modules/${name}`] : find(place.slice(0, above), name)
}
