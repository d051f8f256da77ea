import type { Path, Severity } from './finding'
import type { PostureRule } from './rule'
import { postureRules } from './rules'

/** Findings of one trust, and where it is written. */
export type LintedTrust = {
  name: string
  /** Path or URL of its file, with the place of the trust in it (`trusts.0`); absent for a trust of a database. */
  file?: { uri: string; place?: string }
  findings: readonly LintedFinding[]
}

export type LintedFinding = {
  rule: string
  severity: Severity
  path: Path
  message: string
  witness?: string
  /** Why it is accepted; absent = it is not. */
  accepted?: string
}

export type SarifOptions = {
  /** Version of this program. */
  version: string
  /** URL of an installation, which has a page for each rule. */
  installation?: string
}

/** Returns a SARIF 2.1.0 log of findings, for code scanning. Every rule is described, found or not. */
export function toSarif(trusts: readonly LintedTrust[], { version, installation }: SarifOptions) {
  const indexOf = new Map<string, number>(postureRules.map(({ id }, index) => [id, index]))
  return sarifLog({
    version,
    rules: postureRules.map((rule) => descriptor(rule, installation)),
    results: trusts.flatMap((trust) =>
      trust.findings.map((finding) => result(trust, finding, indexOf.get(finding.rule))),
    ),
  })
}

/** A SARIF 2.1.0 log of one run of this program, of that version. */
export const sarifLog = <Rule, Result>(run: { version: string; rules: Rule[]; results: Result[] }) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0' as const,
  runs: [
    {
      tool: { driver: { name: 'Keybound', version: run.version, rules: run.rules } },
      columnKind: 'utf16CodeUnits' as const,
      results: run.results,
    },
  ],
})

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  ...{ critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' },
}

/** By which code scanning ranks security results: 9 and more critical, 7 high, 4 medium. */
const securitySeverity: Record<Severity, string> = {
  ...{ critical: '9.5', high: '8.0', medium: '5.5', low: '2.0', info: '0.0' },
}

function descriptor({ id, title, why, opens, remedy, severity }: PostureRule, installation: string | undefined) {
  const help = `${why}\n\nIt opens: ${opens}\n\nRemedy: ${remedy}`
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: help },
    ...(installation === undefined ? {} : { helpUri: new URL(`/posture/rules/${id}`, installation).href }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['security'], 'security-severity': securitySeverity[severity] },
  }
}

function result({ name, file }: LintedTrust, finding: LintedFinding, ruleIndex: number | undefined) {
  const { rule, severity, path, message, witness, accepted } = finding
  const place = path.join('.')
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: witness === undefined ? message : `${message} For example: ${witness}` },
    locations: [
      {
        ...(file ? { physicalLocation: inFile(file.uri) } : {}),
        logicalLocations: [
          { name, fullyQualifiedName: [file?.place, name, place].filter((part) => part).join('/'), kind: 'member' },
        ],
      },
    ],
    // The same finding of the same trust, whatever its message says.
    partialFingerprints: { 'keybound/v1': [file?.place ?? '', name, rule, place].join('|') },
    ...(accepted === undefined ? {} : { suppressions: [{ kind: 'external' as const, justification: accepted }] }),
  }
}

/** The place of a file as a whole. */
export const inFile = (file: string) => ({ artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } })

/** A relative path as a URI reference: each step is encoded, and a drive letter or backslash is none. */
function uriOf(file: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return encodeURI(file)
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
}
