import { readFileSync } from 'node:fs'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { toDraft } from '@/lib/apis/nativeframe/issuers/mapper'
import { parseIssuer } from '@/lib/apis/nativeframe/issuers/parse-issuer'
import type { IssuerInput } from '@/lib/apis/nativeframe/issuers/wire'
import { fieldName } from '@/lib/apis/nativeframe/protocol'
import { AppError, type FieldIssue } from '@/lib/errors'
import type { StaticIssuers } from '@/lib/services/trust/static-issuers'
import { issuer } from '@/lib/trust/kinds'

/** The file of static issuers cannot be used. The message names every wrong place by line and column. */
export class StaticIssuersError extends Error {
  override name = 'StaticIssuersError'
}

/**
 * The issuers that `KEYBOUND_STATIC_ISSUERS` names: a YAML or JSON file, a list of issuers as the API takes them, or one
 * under `issuers`. Unlike there, `internal` may be set. Without a file there are none.
 * @throws StaticIssuersError
 */
export function readStaticIssuers(file: string | undefined): StaticIssuers {
  const isStatic: StaticIssuers['isStatic'] = (trust) => issuer.is(trust) && trust.options.static
  if (file === undefined) return { issuers: [], isStatic }
  const issuers = parseStaticIssuers(readText(file), file)
  return { issuers: issuers.map(toStaticDraft), isStatic }
}

const toStaticDraft = (sent: IssuerInput) => toDraft(sent, { static: true, internal: sent.internal === true })

/** The issuers a text holds; `file` is how the text is called in what is said about it. @throws StaticIssuersError */
export function parseStaticIssuers(text: string, file: string): IssuerInput[] {
  const lines = new LineCounter()
  // JSON is YAML; integers as bigint, so that no permission is rounded.
  const document = parseDocument(text, {
    lineCounter: lines,
    intAsBigInt: true,
    prettyErrors: false,
    logLevel: 'error',
  })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const [broken] = document.errors
  if (broken) throw refused([`${at(broken.pos[0])}: ${broken.message}`])
  const found = read(document)
  const problems = found.issues.map(
    ({ path, message }) =>
      `${at(offsetOf(document, path))}: ${fieldName(path)}${path.length > 0 ? ': ' : ''}${message}`,
  )
  if (problems.length > 0) throw refused(problems)
  return found.issuers
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new StaticIssuersError(`KEYBOUND_STATIC_ISSUERS cannot be read (${problem}).`, { cause })
  }
}

const refused = (problems: string[]) =>
  new StaticIssuersError(`KEYBOUND_STATIC_ISSUERS cannot be used:\n${problems.join('\n')}`)

function read(document: Document): { issuers: IssuerInput[]; issues: FieldIssue[] } {
  const root = withoutFractions(document.toJS({ maxAliasCount: 100 }))
  const isNamed = typeof root === 'object' && root !== null && 'issuers' in root
  const above = isNamed ? ['issuers'] : []
  const list = isNamed ? root.issuers : root
  if (!Array.isArray(list)) {
    return { issuers: [], issues: [{ path: above, code: 'invalid_type', message: 'A list of issuers was expected.' }] }
  }
  const issuers: IssuerInput[] = []
  const issues: FieldIssue[] = []
  for (const [index, sent] of list.entries()) {
    try {
      const issuer = parseIssuer(sent, { static: true, internal: sent?.internal === true })
      const isTwice = issuers.some(({ iss }) => iss === issuer.iss)
      if (isTwice) issues.push({ path: [...above, index, 'iss'], code: 'duplicate', message: 'It is there twice.' })
      issuers.push(issuer)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      issues.push(...error.fields.map((field) => ({ ...field, path: [...above, index, ...field.path] })))
    }
  }
  return { issuers, issues }
}

/** Integers are bigint by now, so a number is one with a fraction or an exponent: NaN, which nothing takes. */
function withoutFractions(value: unknown): unknown {
  if (typeof value === 'number') return Number.NaN
  if (Array.isArray(value)) return value.map(withoutFractions)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutFractions(member)]))
}

/** Where a place in the document begins: its key if it has one, else the nearest that is there around it. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true)
    const name = path[length - 1]
    const key = isMap(parent) ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === name)?.key : null
    if (isScalar(key) && key.range) return key.range[0]
    const node = isMap(parent) ? null : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}
