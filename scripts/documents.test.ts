import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rpcServices } from '@/lib/apis/rpc-services'
import { recordKinds, retentionVariable } from '@/lib/model/retention'

const root = path.resolve(import.meta.dirname, '..')
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')
const documents = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll(path.sep, '/')}`),
]

/** Read by `proxy-from-env`, under these names. */
const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY']

test('the README describes every setting of the environment once, and no other', () => {
  const settings = textOf('lib/env.ts').split('const Settings = z.object({')[1] ?? ''
  const read = [...settings.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name)
  expect(read.length).toBeGreaterThan(10)
  const table = textOf('README.md').split('## Configuration')[1]?.split('\n## ')[0] ?? ''
  const described = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  expect(described.sort()).toEqual([...read, ...proxyVariables, ...recordKinds.map(retentionVariable)].sort())
})

describe('docs/apis/zitadel.md names what is served over gRPC', () => {
  const page = textOf('docs/apis/zitadel.md')
  const rows = new Map(
    [...page.matchAll(/^\| `(zitadel\.[\w.]+)` \| (.+) \|$/gm)].map(([, name = '', row = '']) => [name, row]),
  )

  test('every service, and no other', () => {
    expect([...rows.keys()].sort()).toEqual(rpcServices.map(({ name }) => name).sort())
  })

  test.each(rpcServices.filter(({ name }) => name !== 'zitadel.management.v1.ManagementService'))(
    'every method of $name',
    ({ name, methods }) => {
      const named = [...(rows.get(name) ?? '').matchAll(/`(\w+)`/g)].map(([, method]) => method)
      expect(named.sort()).toEqual(Object.keys(methods).sort())
    },
  )
})

test.each(documents.filter((document) => !/CHANGELOG|decisions/.test(document)))(
  'every path of the source that %s names exists',
  (document) => {
    const paths = [...textOf(document).matchAll(/`((?:app|components|e2e|lib|prisma|scripts)\/[^`\s<*…]+)`/g)].map(
      ([, name = '']) => name,
    )
    expect(paths.filter((name) => !existsSync(path.join(root, name)))).toEqual([])
  },
)

describe('source files', () => {
  const sources = ['app', 'components', 'e2e', 'lib', 'prisma', 'scripts'].flatMap(sourcesUnder)

  test('there are files to look at', () => {
    expect(sources.length).toBeGreaterThan(500)
  })

  test('name only documents that are in the repository', () => {
    const known = new Set(documents.flatMap((document) => [document, path.basename(document)]))
    const missing = sources.flatMap((file) =>
      [...textOf(file).matchAll(/[\w./-]+\.md\b/g)]
        .map(([name]) => name.replace(/^(\.\.?\/)+/, ''))
        .filter((name) => !known.has(name))
        .map((name) => `${file}: ${name}`),
    )
    expect(missing).toEqual([])
  })
})

test('comments, messages and names of tests have no words of a private language', () => {
  const words = /\b(whoever|nobody|somebody|anybody|wordless|shelf|riddle)\b/gi
  const files = ['app', 'components', 'e2e', 'examples', 'lib', 'scripts'].flatMap(sourcesUnder)
  const found = files.flatMap((file) =>
    // The stored name of a person whose token gives none.
    [...textOf(file).replace("'Somebody'", '').matchAll(words)].map(([word]) => `${file}: ${word}`),
  )
  expect(found, 'Name the actor: the caller, an admin, a token without an identity …').toEqual([])
})

test.each(documents)('every file that %s leads to exists', (document) => {
  const links = [...textOf(document).matchAll(/(?:\]\(|src="|srcset=")([^)"#]+)/g)].map(([, link = '']) => link)
  const broken = links
    .filter((link) => !/^https?:|^mailto:/.test(link))
    .filter((link) => !existsSync(path.join(root, path.dirname(document), link)))
  expect(broken).toEqual([])
})

function sourcesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return /^(generated|node_modules|\..*)$/.test(entry.name) ? [] : sourcesUnder(name)
    return /\.(tsx?|mjs|prisma|css)$/.test(entry.name) && name !== 'scripts/documents.test.ts' ? [name] : []
  })
}
