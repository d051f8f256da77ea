import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseAst } from 'vitest/node'

const root = path.resolve(import.meta.dirname, '../..')

/** Names under which text travels that members, clients, tokens or issuers chose. */
const foreignNames =
  /^(name|email|organization|subject|issuer|kid|url|jwksUri|path|provider|userAgent|ip|fix|problem|problemText|text|hint|entry|key|value|headerName|tenant|who|identityName|actorName|targetName|actorWords|browserWords|describeMatcher|explainTemplate|middleText|hostOf|message|line|discovered|note|advice|detail|failure|audiences|origins|project|host|alg|use|kty|crv)$/

/** What the building blocks are given to show. */
const givenNames = /^(label|title|help|description|placeholder|term|caption|error|sentence|said)$/
const isBuildingBlock = (file: string) => /^components\/(ui|form|layout)\//.test(file)

/** Attributes that are read aloud or shown. */
const shownAttributes = /^(title|alt|placeholder|aria-label|aria-description)$/
/** Components that show these attributes as `visibleText` has them. */
const filteringComponents = /^(Button|IconButton|Select|TabsList|Radix\.Value)$/

test('text that others chose is shown by shownText or <Shown>, in attributes by visibleText', () => {
  // The API reference shows our own document.
  const files = ['app', 'components'].flatMap(sourcesUnder).filter((file) => !file.includes('/api-reference/'))
  expect(files.length).toBeGreaterThan(100)
  expect(files.flatMap(unfiltered)).toEqual([])
})

test('no template text is made of what shownText answers, which may be an element', () => {
  const templates = ['app', 'components'].flatMap(sourcesUnder).filter((file) => {
    return /\$\{shownText\(/.test(readFileSync(path.join(root, file), 'utf8'))
  })
  expect(templates).toEqual([])
})

test('the search finds what is not filtered, and nothing else', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the strings are source text
  const found = (source: string) => unfilteredIn('components/x/y.tsx', source).map((line) => line.split(' ')[1])
  expect(found('<p>{user.name}</p>')).toEqual(['user.name'])
  expect(found('<p>Of {a ? `${x.email}` : (b ?? y.kid)}</p>')).toEqual(['x.email', 'y.kid'])
  expect(found('<p title={issuer}>{shownText(issuer)}</p>')).toEqual(['issuer'])
  expect(found('<input aria-label={`Name of ${row.key}`} />')).toEqual(['row.key'])
  expect(found("column.accessor('issuer', { cell: ({ getValue }) => <b>{getValue()}</b> })")).toEqual(['getValue()'])
  expect(found("column.accessor('targetName', { cell: ({ getValue }) => getValue() ?? '–' })")).toEqual(['getValue()'])
  expect(found("column.accessor(({ url }) => url ?? '', { cell: ({ getValue }) => getValue() })")).toEqual([
    'getValue()',
  ])
  expect(found('<p title={visibleText(name)}><Shown text={name} /> {shownText(row.issuer)}</p>')).toEqual([])
  expect(found("column.accessor('uses', { cell: ({ getValue }) => <b>{getValue()}</b> })")).toEqual([])
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the strings are source text
})

type Node = { type: string; start: number; end: number } & Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode)

const unfiltered = (file: string) => unfilteredIn(file, readFileSync(path.join(root, file), 'utf8'))

function unfilteredIn(file: string, source: string): string[] {
  const found = new Set<string>()
  const words = (node: Node) => source.slice(node.start, node.end).replace(/\s+/g, ' ')
  visit(parseAst(source, { lang: 'tsx' }) as unknown as Node, null)
  return [...found]

  /** @param accessor what the values of the column around are */
  function visit(node: Node, accessor: Node | null) {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      for (const child of nodesIn(node.children)) {
        if (child.type === 'JSXExpressionContainer') look(child.expression)
      }
    }
    if (node.type === 'JSXOpeningElement') {
      const element = words(node.name as Node)
      for (const attribute of nodesIn(node.attributes)) {
        const name = isNode(attribute.name) ? words(attribute.name) : ''
        // Of a component of ours, `title` and `placeholder` are what that component makes of them.
        const isShown = shownAttributes.test(name) && (/^[a-z]/.test(element) || name.startsWith('aria-'))
        if (!isShown || filteringComponents.test(element) || !isNode(attribute.value)) continue
        look(attribute.value.expression)
      }
    }
    if (node.type === 'Property' && words(node.key as Node) === 'cell') look((node.value as Node).body)
    for (const [name, value] of Object.entries(node)) {
      const within = name === 'arguments' && /\.accessor$/.test(words(node.callee as Node)) ? nodesIn(value)[0] : null
      for (const inner of nodesIn(value)) visit(inner, within ?? accessor)
    }

    function look(expression: unknown) {
      for (const leaf of leavesOf(expression)) {
        if (isForeign(leaf, accessor))
          found.add(`${file}:${source.slice(0, leaf.start).split('\n').length} ${words(leaf)}`)
      }
    }
  }

  function isForeign(leaf: Node, accessor: Node | null): boolean {
    const name = nameOf(leaf)
    if (name === 'getValue' && accessor?.type === 'Literal') return foreignNames.test(String(accessor.value))
    if (name === 'getValue' && accessor) return leavesOf(accessor.body).some((one) => isForeign(one, null))
    return foreignNames.test(name) || (isBuildingBlock(file) && givenNames.test(name))
  }

  /** The last name of an expression: of `a.b` and of `b(…)` b, of `list.join(…)` list. */
  function nameOf(node: Node): string {
    if (node.type === 'CallExpression') {
      const callee = node.callee as Node
      const method = callee.type === 'MemberExpression' ? words(callee.property as Node) : ''
      if (/^(join|replace|slice|trim|toLowerCase)$/.test(method)) return nameOf(callee.object as Node)
      return nameOf(callee)
    }
    if (node.type === 'MemberExpression') return node.computed ? '' : words(node.property as Node)
    return node.type === 'Identifier' ? words(node) : ''
  }
}

/** The expressions of which one, or each, is what is shown. */
function leavesOf(expression: unknown): Node[] {
  if (!isNode(expression)) return []
  const { type, consequent, alternate, left, right, operator } = expression
  if (type === 'ConditionalExpression') return [consequent, alternate].flatMap(leavesOf)
  if (type === 'LogicalExpression') return operator === '&&' ? leavesOf(right) : [left, right].flatMap(leavesOf)
  if (type === 'BinaryExpression') return operator === '+' ? [left, right].flatMap(leavesOf) : []
  if (type === 'TemplateLiteral') return nodesIn(expression.expressions).flatMap(leavesOf)
  if (/^(TSAsExpression|TSNonNullExpression|ParenthesizedExpression|ChainExpression)$/.test(type))
    return leavesOf(expression.expression)
  return /^(Literal|JSX|Arrow|BlockStatement)/.test(type) ? [] : [expression]
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    return entry.isDirectory() ? sourcesUnder(name) : /\.tsx$/.test(entry.name) ? [name] : []
  })
}
