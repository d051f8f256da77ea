import type { AuditFilter } from './audit'
import type { DecisionFilter } from './decisions'
import { toQueryString } from './query-string'

/** A file that can be saved. */
export type ExportChoice = { label: string; href: string }

const formats = { ndjson: 'JSON, a line each (NDJSON)', csv: 'CSV', ocsf: 'OCSF events' } as const

type Filter = Readonly<Record<string, string | undefined>>

const inFormats = (noun: string, filter: Filter, names: readonly (keyof typeof formats)[]): ExportChoice[] =>
  names.map((format) => ({
    label: formats[format],
    href: `/api/admin/exports/${noun}${toQueryString({ ...filter, format })}`,
  }))

/** Files with the decisions of a list. */
export const decisionExports = (filter: DecisionFilter) => inFormats('decisions', filter, ['ndjson', 'csv', 'ocsf'])
/** Files with the audit entries of a list. */
export const auditExports = (filter: AuditFilter) => inFormats('audit', filter, ['ndjson', 'csv'])
/** Files with the access tokens of an identity, without their text. */
export const tokenExports = (identityId: string) => inFormats('tokens', { identityId }, ['ndjson', 'csv'])
/** Files with the findings of a list of trusts. */
export const findingExports = (filter: Filter) => inFormats('findings', filter, ['ndjson', 'csv'])

/** Files with the items of an access review. */
export const reviewExports = (reviewId: string) =>
  inFormats(`reviews/${encodeURIComponent(reviewId)}`, {}, ['ndjson', 'csv'])
/** Files that say who can see what. */
export const peopleAccessExports = inFormats('people-access', {}, ['ndjson', 'csv'])

/** The evidence pack of an identity's trusts, or of all. */
export const evidencePackExport = (of: { identityId?: string } = {}): ExportChoice => ({
  label: 'Evidence pack (zip)',
  href: `/api/admin/exports/evidence-pack${toQueryString(of)}`,
})
