import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { apis } from '@/lib/apis'
import { kinds } from '@/lib/trust/kinds'

const root = path.resolve(import.meta.dirname, '..')

/** Which of our own modules a module may import (docs/architecture.md, "Layers"). The first match decides. */
const layers: { module: RegExp; may: RegExp }[] = [
  { module: /^lib\/errors$/, may: /^$/ },
  {
    module: /^lib\/env(-secret|-postgresql)?$/,
    may: /^lib\/(env-secret|env-postgresql|model\/retention|per-process)$/,
  },
  { module: /^lib\/per-process$/, may: /^$/ },
  { module: /^lib\/spans$/, may: /^lib\/per-process$/ },
  { module: /^lib\/ids$/, may: /^$/ },
  { module: /^lib\/trust\//, may: /^lib\/(trust\/|errors$)/ },
  { module: /^lib\/model\//, may: /^lib\/(model\/|trust\/|errors$)/ },
  { module: /^lib\/(db|net)\//, may: /^lib\/(SAME\/|model\/|trust\/|errors$|env\b|ids$|day-of$|per-process$)/ },
  { module: /^lib\/bounded-queue$/, may: /^lib\/errors$/ },
  { module: /^lib\/passwords\//, may: /^lib\/(passwords\/|bounded-queue$|errors$)/ },
  { module: /^lib\/analysis-thread\//, may: /^lib\/(analysis-thread\/|model\/|trust\/|bounded-queue$|errors$)/ },
  {
    // The command line reads trusts in the form of any API.
    module: /^lib\/cli\/(trust-files|posture)\//,
    may: /^lib\/(cli|model|trust)\/|^lib\/errors$|^lib\/apis\/(.*\/)?(wire|mapper|idp|field-issues)$/,
  },
  {
    module: /^lib\/(services|cli)\//,
    may: /^lib\/(SAME|services|db|net|passwords|analysis-thread|model|trust)\/|^lib\/(errors|env|env-secret|ids|per-process|day-of|spans|bounded-queue)$|^package\.json$/,
  },
  { module: /^lib\/apis\/(.*\/)?wire$/, may: /^lib\/(model|trust)\/|^lib\/apis\/[^/]+\/(.*\/)?(wire|protocol)$/ },
  { module: /^lib\/apis\//, may: /^lib\/(apis|services|model|trust)\/|^lib\/errors$/ },
  { module: /^lib\/client\//, may: /^lib\/client\/|^lib\/apis\/.*\/wire$|^lib\/(model|trust)\/|^lib\/errors$/ },
  {
    module: /^lib\/server\//,
    may: /^lib\/(server|apis|services|net|db|model|trust)(\/|$)|^lib\/(errors|env|ids|per-process|spans)$|^package\.json$/,
  },
  // Which characters are hidden, and which text goes into no request, is decided once; what holds typed text says so in one place.
  { module: /^components\/ui\//, may: /^components\/ui\/|^lib\/(trust\/(unseen|holds-token)|client\/drafts)$/ },
  {
    module: /^components\/form\//,
    may: /^components\/(ui|form)\/|^lib\/(model|trust)\/|^lib\/(errors|client\/(api-error|drafts))$/,
  },
  {
    module: /^components\/layout\//,
    may: /^components\/(ui|form|layout)\/|^lib\/(client|model|trust)\/|^lib\/errors$/,
  },
  // Findings are shown wherever a trust is.
  {
    module: /^components\/posture\//,
    may: /^components\/(ui|form|layout|posture)\/|^lib\/(client|model|trust)\//,
  },
  {
    module: /^components\/([^/]+)\//,
    may: /^components\/(ui|form|layout|posture|SAME)\/|^lib\/(client|model|trust)\/|^lib\/errors$|^lib\/apis\/.*\/wire$/,
  },
  {
    module: /^app\//,
    may: /^components\/|^lib\/(server|client|model|trust)\/|^lib\/apis(\/.*)?$|^app\/|^package\.json$/,
  },
]

/** External packages that only some modules may import. */
const external: { name: RegExp; only: RegExp }[] = [
  { name: /^@prisma\/|^@photostructure\/sqlite$|^pg$|generated\/(sqlite|postgresql)/, only: /^lib\/db\// },
  { name: /^node:/, only: /^lib\/(db|net|passwords|analysis-thread|server|cli|env)/ },
  { name: /^next(\/|$)/, only: /^(app|components|lib\/server|lib\/client)\// },
  { name: /^react(\/|$|-)/, only: /^(app|components|lib\/client)\// },
  { name: /^undici$/, only: /^lib\/net\// },
]

/** External packages that lib/trust may import. */
const coreMay = /^(zod|jose|@peculiar\/asn1-[\w-]+)(\/|$)/

describe('imports point where the layers allow', () => {
  const files = ['app', 'components', 'lib'].flatMap(sourcesUnder)

  test('there are files to look at', () => {
    expect(files.length).toBeGreaterThan(50)
  })

  test.each(files)('%s', (file) => {
    const module = file.replace(/\.(ts|tsx)$/, '')
    const wrong = importsOf(file).filter((imported) => !isAllowed(module, imported))
    expect(wrong).toEqual([])
  })
})

describe('imports run in no circle', () => {
  const files = ['app', 'components', 'lib'].flatMap(sourcesUnder)
  const modules = new Map(files.map((file) => [file.replace(/(\/index)?\.tsx?$/, ''), file]))

  test.each([
    ['at run time, anywhere', files, false],
    [
      'of types either, in components and in the core',
      files.filter((file) => /^(components|lib\/(trust|model))\//.test(file)),
      true,
    ],
  ] as const)('%s', (_, within, withTypes) => {
    const importsIn = (file: string) =>
      importsOf(file, withTypes).flatMap((name) => modules.get(name.replace(/\/index$/, '')) ?? [])
    expect(circleIn(within, importsIn)).toEqual([])
  })
})

test('values of the process are kept by one function, transactions are begun in one file', () => {
  const files = ['app', 'lib'].flatMap(sourcesUnder)
  expect(files.filter((file) => /\bglobalThis as\b|typeof globalThis &/.test(textOf(file)))).toEqual([
    'lib/per-process.ts',
  ])
  const beginning = /\bdb\.\$transaction\((?!async)/
  expect(files.filter((file) => beginning.test(textOf(file)))).toEqual(['lib/db/transaction.ts'])
})

test('JSON of the database is read by one function, which reports what cannot be read', () => {
  const reads = ['lib/db', 'lib/services', 'lib/server', 'lib/apis'].flatMap(sourcesUnder).filter((file) => {
    return /\bJSON\.parse\(/.test(readFileSync(path.join(root, file), 'utf8'))
  })
  // The other reads what another thread of the process wrote.
  expect(reads).toEqual(['lib/db/login-store/sqlite-thread.ts', 'lib/db/stored-json.ts'])
})

test('rows of trusts are written in one file, together with the rows derived from them', () => {
  const writes = /\b(trust\s*\.\s*(create|update|upsert|delete)|(identity|organization)\s*\.\s*delete)\w*\s*\(/
  const raw = /(INSERT INTO|UPDATE|DELETE FROM) "?(Trust|TrustKeySource|NamedKeySource)\b/
  const found = ['app', 'lib'].flatMap(sourcesUnder).filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    return writes.test(text) || raw.test(text)
  })
  expect(found).toEqual(['lib/services/trust/trust-rows.ts'])
})

describe('every operation is answered by the server itself', () => {
  const claims = apis.flatMap(({ operations }) =>
    Object.values(operations).map(({ method, path }) => `${method} ${path}`),
  )

  test('no two operations claim the same method and path', () => {
    expect(new Set(claims).size).toBe(claims.length)
  })

  test('no file under app/ answers requests', () => {
    // Headers control Next's router, and would control an operation behind it (lib/server/dispatch.ts).
    const found = sourcesUnder('app').filter((file) => /\/route\.tsx?$/.test(file))
    expect(found, 'Delete these: operations of the registry are answered by lib/server.').toEqual([])
  })

  test('a path without an operation belongs to one API, whose envelope answers it', () => {
    const prefixes = apis.flatMap((api) => api.prefixes ?? [])
    expect(new Set(prefixes).size).toBe(prefixes.length)
    for (const api of apis) {
      for (const { path: template } of Object.values(api.operations)) {
        const owners = apis.filter(({ prefixes = [] }) => prefixes.some((prefix) => template.startsWith(`${prefix}/`)))
        expect(owners, template).not.toEqual([])
      }
    }
  })
})

describe('verbs that open a transaction', () => {
  const services = sourcesUnder('lib/services')
  const opening = services.filter((file) => /\b(inTransaction|inOrganization)\(/.test(textOf(file)))
  const callers = ['lib/apis', 'lib/server'].flatMap(sourcesUnder).flatMap((file) => importsOf(file, false))
  const verbs = opening.filter((file) => callers.includes(file.replace(/\.ts$/, '')))
  const tests = testsUnder('lib/services').flatMap((file) => importsOf(file))
  const fixtures = sourcesUnder('e2e/fixtures').flatMap((file) => importsOf(file))

  test('there are verbs to look at', () => {
    expect(verbs.length).toBeGreaterThan(20)
  })

  test.each(verbs)('%s has a unit test', (file) => {
    const module = file.replace(/\.ts$/, '')
    expect([...tests, ...fixtures].includes(module), 'Add it to the table of lib/services/verbs.test.ts.').toBe(true)
  })
})

describe('only the kinds know what differs between kinds of trust', () => {
  /** Where a kind's own options may be read: its form, the API that creates it, and the verbs only it has. */
  const places: Record<string, RegExp> = {
    jwtAuth: /^lib\/apis\/infisical\/jwt-auth\//,
    oidcAuth: /^lib\/apis\/infisical\/oidc-auth\//,
    issuer:
      /^lib\/apis\/(nativeframe|admin\/trusts)\/|^lib\/services\/(login\/login-by-issuer|trust\/(static-issuers|list-standalone-issuers))\.ts$|^lib\/server\/read-static-issuers\.ts$/,
    signIn: /^lib\/apis\/(zitadel|admin\/trusts)\/|^lib\/services\/sign-in\//,
  }
  const own = /^(lib|components)\/trust(s)?\/kinds\//
  const files = ['app', 'components', 'lib'].flatMap(sourcesUnder).filter((file) => !own.test(file))

  test('no other file compares a kind', () => {
    const names = kinds.kinds.join('|')
    const compares = new RegExp(`\\b(kind|method) [!=]== '(${names})'|'(${names})' [!=]== `)
    // An actor may be an issuer: `kind` of an actor or of a token's holder is not a kind of trust.
    const actors = /^lib\/services\/access-token\/(use|sign)-access-token\.ts$/
    expect(files.filter((file) => compares.test(textOf(file)) && !actors.test(file))).toEqual([])
  })

  test.each(Object.entries(places))('no other file reads the options of %s', (name, place) => {
    const readers = files.filter((file) => {
      const imports = textOf(file).matchAll(/import (?:type )?\{([^}]*)\} from '@\/lib\/trust\/kinds'/g)
      return [...imports].some(([, names = '']) => names.split(',').some((one) => one.trim().split(' ')[0] === name))
    })
    expect(readers.length).toBeGreaterThan(0)
    expect(readers.filter((file) => !place.test(file))).toEqual([])
  })
})

function isAllowed(module: string, imported: string): boolean {
  const ours = /^(app|components|lib)\/|^package\.json$/.test(imported)
  if (ours && !/generated\//.test(imported)) {
    const layer = layers.find((one) => one.module.test(module))
    if (!layer) return false
    const match = layer.module.exec(module)
    const may = new RegExp(layer.may.source.replaceAll('SAME', match?.[1] ?? '$^'))
    if (module.startsWith('lib/apis/') && imported.startsWith('lib/apis/') && !isSameVendor(module, imported)) {
      return false
    }
    return may.test(imported)
  }
  if (module.startsWith('lib/trust/') && !coreMay.test(imported)) return false
  return external.every(({ name, only }) => !name.test(imported) || only.test(module))
}

/** Vendors never import each other; files directly in lib/apis are for all vendors, and the registries import all. */
function isSameVendor(module: string, imported: string): boolean {
  const vendorOf = (file: string) => /^lib\/apis\/([^/]+)\//.exec(file)?.[1]
  return (
    /^lib\/apis\/(index|rpc-services)$/.test(module) ||
    vendorOf(imported) === undefined ||
    vendorOf(imported) === vendorOf(module)
  )
}

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** The files of the first circle of imports that is found; [] = there is none. */
function circleIn(files: readonly string[], importsIn: (file: string) => string[]): string[] {
  const done = new Set<string>()
  const visit = (file: string, way: readonly string[]): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return []
    for (const imported of importsIn(file)) {
      const circle = visit(imported, [...way, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  for (const file of files) {
    const circle = visit(file, [])
    if (circle.length > 0) return circle
  }
  return []
}

/** Imports of a file, as paths from the root without extension; types are counted unless they are left out. */
function importsOf(file: string, withTypes = true): string[] {
  const text = withTypes
    ? textOf(file)
    : textOf(file).replace(/(?:import|export) type [^;'"`]*? from ['"][^'"]+['"]/g, '')
  const specifiers = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
    ),
  ]
  return specifiers.map(([, fixed, lazy]) => toModule(file, fixed ?? lazy ?? ''))
}

function toModule(file: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  if (!specifier.startsWith('.')) return specifier
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
}

function testsUnder(folder: string): string[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => path.posix.join(folder, name))
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sourcesUnder(name)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [name] : []
  })
}
