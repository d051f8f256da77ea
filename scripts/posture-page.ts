import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RuleCases } from '@/lib/trust/posture/cases'
import { dataNames, type PostureRule } from '@/lib/trust/posture/rule'
import { postureRules } from '@/lib/trust/posture/rules'

const folder = path.resolve(import.meta.dirname, '../lib/trust/posture/rules')

/** Ids of the list that the rules come from, for which Keybound has no rule. */
const withoutRule: [id: string, why: string][] = [
  ['L07', 'A key named or brought by a token (`jku`, `x5u`, `jwk`, `x5c`) is never used: no trust can ask for it.'],
  ['L36', 'Trusts have no owner, description, ticket or test fixtures yet.'],
  ['L37', 'Caching headers and answer times of key sources are not kept.'],
]

/** The text of docs/posture.md, made of the rules and their cases. */
export async function posturePage(): Promise<string> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.cases.ts'))
  const modules: Record<string, RuleCases>[] = await Promise.all(
    files.map((file) => import(pathToFileURL(path.join(folder, file)).href)),
  )
  const cases = new Map(modules.flatMap((module) => Object.values(module).map((one) => [one.rule, one] as const)))
  return [
    intro,
    '| Id | Severity | Weakness |\n| --- | --- | --- |',
    ...postureRules.map(
      ({ id, severity, title }) => `| [${id}](#${id.toLowerCase()}) | ${severity} | ${cell(title)} |`,
    ),
    '',
    ...postureRules.map((rule) => section(rule, cases.get(rule.id))),
    '## Ids without a rule\n',
    ...withoutRule.map(([id, why]) => `- **${id}** ${why}`),
    '',
  ].join('\n')
}

const intro = `# Posture rules

<!-- Made by: npx tsx scripts/write-posture-page.ts -->

Posture rules find weaknesses of a trust. Each rule judges which tokens a trust accepts, by the grammar of its issuer's tokens, and not
the spelling of its values. Ids are public and never change their meaning. A rule whose data is missing reports that there is no data yet.

Findings of L01, L02 and L08 block enabling a trust in the dashboard and its API, unless each is overridden with a reason;
the APIs of other products are never blocked. The score is 100 minus 40, 15, 5 or 2 for each rule with a critical, high, medium or low
finding; it is at most 30 with a critical finding, and at most 70 with a high one. \`npx keybound lint FILE\` reports the same findings
without a server.
`

const cell = (text: string) => text.replaceAll('|', '\\|')

const examplesMax = 6

function section(rule: PostureRule, cases: RuleCases | undefined): string {
  const { id, title, severity, why, opens, remedy, sources, needs, blocksEnabling } = rule
  const raised = cases?.raises.slice(0, examplesMax).map((one) => one.title) ?? []
  const silent =
    cases?.silent
      .filter(({ isUnknown }) => !isUnknown)
      .slice(0, examplesMax)
      .map((one) => one.title) ?? []
  const severities = new Set([severity, ...(cases?.raises.flatMap((one) => one.severity ?? []) ?? [])])
  const missing = needs.map((need) => dataNames[need])
  return [
    `## ${id}\n`,
    `**${title}.** Severity: ${[...severities].join(', ')}${blocksEnabling ? '; blocks enabling' : ''}.\n`,
    `${why}\n`,
    `- It opens: ${opens}`,
    `- Remedy: ${remedy}`,
    ...(cases?.withoutFix ? [`- No fix is offered: ${cases.withoutFix}`] : []),
    `- Raised, for example, by: ${raised.map(code).join('; ')}.`,
    `- Not raised by: ${silent.map(code).join('; ')}.`,
    ...(missing.length > 0 ? [`- Needs: ${missing.join('; ')}.`] : []),
    `- Sources: ${sources.join('; ')}.`,
    '',
  ].join('\n')
}

/** Titles that are values of rules are code; sentences are text. */
const code = (title: string) => (/[*<{:/$]|^\S+\.\S+$/.test(title) ? `\`${title}\`` : title)
