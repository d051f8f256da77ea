import type { KeySource } from '@/lib/trust/policy'
import type { Slot } from './path'

export type KeyKind = KeySource['kind']
export type RemoteKind = Extract<KeySource, { url: string }>['kind']

type RemoteFields = { url: string; caCert: string }

/**
 * A key source in the form. Each kind keeps its own fields while another is selected; adjacent typed-in keys of one
 * kind share a row.
 */
export type SourceRow = {
  kind: KeyKind
  'jwks-url': RemoteFields
  'oidc-discovery': RemoteFields
  'static-pem': { pem: string }[]
  /** As JSON text: a JWK nests without limit, which the form's types cannot follow. */
  'inline-jwk': { json: string }[]
}

export const isRemoteKind = (kind: KeyKind): kind is RemoteKind => kind === 'jwks-url' || kind === 'oidc-discovery'

export const emptySourceRow = (kind: KeyKind): SourceRow => ({
  kind,
  'jwks-url': { url: '', caCert: '' },
  'oidc-discovery': { url: '', caCert: '' },
  'static-pem': [{ pem: '' }],
  'inline-jwk': [],
})

/** Returns the rows of a new trust. */
export const emptySourceRows = ({
  keyKinds,
  fixedRows,
}: {
  keyKinds: readonly [KeyKind, ...KeyKind[]]
  fixedRows: readonly KeyKind[]
}): SourceRow[] => (fixedRows.length > 0 ? fixedRows : [keyKinds[0]]).map(emptySourceRow)

/** Returns stored key sources as rows, in their order, with a row for each of `fixedRows`, which a form always shows. `toKeySlots` is the inverse. */
export function toSourceRows(fixedRows: readonly KeyKind[], keys: readonly KeySource[]): SourceRow[] {
  const rows: SourceRow[] = []
  for (const source of keys) {
    const last = rows.at(-1)
    if (source.kind === 'static-pem') {
      if (last?.kind === source.kind) last[source.kind].push({ pem: source.pem })
      else rows.push({ ...emptySourceRow(source.kind), 'static-pem': [{ pem: source.pem }] })
    } else if (source.kind === 'inline-jwk') {
      const key = { json: JSON.stringify(source.jwk) }
      if (last?.kind === source.kind) last[source.kind].push(key)
      else rows.push({ ...emptySourceRow(source.kind), 'inline-jwk': [key] })
    } else {
      rows.push({ ...emptySourceRow(source.kind), [source.kind]: { url: source.url, caCert: source.caCert } })
    }
  }
  return withFixedRows(fixedRows, rows)
}

function withFixedRows([first, second]: readonly KeyKind[], rows: SourceRow[]): SourceRow[] {
  if (first && rows[0]?.kind !== first) rows.unshift(emptySourceRow(first))
  if (second && !rows.some(({ kind }) => kind === second)) rows.push(emptySourceRow(second))
  return rows
}

/**
 * Returns the key sources of the rows, each with the way back to its field. Empty rows are none, unless all are empty.
 */
export function toKeySlots(rows: readonly SourceRow[]): Slot<unknown>[] {
  const filled = rows.flatMap((row, at) => slotsOf(row, at, false))
  const [first] = rows
  return filled.length > 0 || !first ? filled : slotsOf(first, 0, true)
}

/** Whether a row holds no key and no address. */
export const isEmptySourceRow = (row: SourceRow): boolean => slotsOf(row, 0, false).length === 0

/** `evenEmpty`: an empty row makes an empty source, which is refused at its field. */
function slotsOf(row: SourceRow, at: number, evenEmpty: boolean): Slot<unknown>[] {
  const { kind } = row
  if (isRemoteKind(kind)) {
    const { url, caCert } = row[kind]
    const value = { kind, url: url.trim(), caCert: textOrNothing(caCert) }
    if (!evenEmpty && value.url === '' && value.caCert === '') return []
    return [{ value, field: ([part]) => ['sources', at, kind, part === 'caCert' ? 'caCert' : 'url'] }]
  }
  if (kind === 'inline-jwk') {
    return row[kind].map(({ json }, key) => ({
      value: { kind, jwk: parsed(json) },
      field: () => ['sources', at, kind, key, 'json'],
    }))
  }
  const boxes = row[kind].map(({ pem }, box) => ({ pem: textOrNothing(pem), box }))
  const shown = evenEmpty ? boxes : boxes.filter(({ pem }) => pem !== '')
  return shown.map(({ pem, box }) => ({ value: { kind, pem }, field: () => ['sources', at, kind, box, 'pem'] }))
}

/** Text is saved as loaded or pasted, because clients compare it byte for byte. */
export const textOrNothing = (text: string) => (text.trim() === '' ? '' : text)

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
