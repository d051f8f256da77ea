import type { Preset, SubjectFormat } from '../../presets/preset'
import { readSubject } from '../../presets/subject'
import { type Admission, admissionOf, type Branch, pins } from '../admission'
import { bindClaims } from '../bind'
import type { Found } from '../finding'
import { fixOf, withValues } from '../fix'
import { identityFactsOf } from '../identity'
import { definePostureRule } from '../rule'

export const l12 = definePostureRule({
  id: 'L12',
  severity: 'high',
  title: 'The subject’s older form will stop matching, or its ids are wildcards',
  why: 'The issuer sends a newer form of the subject, with ids, once a repository is created, renamed or transferred. A rule that has the older form alone refuses every job from that day on. A newer form whose ids are wildcards has lost what the ids are for.',
  opens: 'Deployments that stop after a rename; or the identity, to the next owner of the name.',
  remedy:
    'Add the form with ids beside the older one, or bind single claims with ids, and remove the older form when it is no longer used.',
  sources: ['configure-aws-credentials#1888 to 1890', 'npm/cli#9969', 'azure-dev#9382', 'GitHub, 15 July 2026'],
  needs: ['preset'],
  find(reading) {
    const { preset, seen } = reading
    const admission = admissionOf(reading)
    const branches = subjectBranches(admission)
    if (admission.isDead || branches.length === 0) return []
    const isBound = pins(admission, identityFactsOf(preset).ids)
    const wild = isBound
      ? []
      : branches.flatMap((branch): Found[] => {
          const open = Object.entries(branch.facts).find(([name, reach]) => 'open' in reach && isId(preset, name))
          const isNamed = Object.entries(branch.facts).some(
            ([name, reach]) => 'values' in reach && isName(preset, name),
          )
          if (!open || !isNamed || branch.isExact) return []
          const message = `${JSON.stringify(branch.text)} accepts every ${preset.facts[open[0]]?.title ?? 'id'}, so the ids protect nothing.`
          return [
            {
              path: branch.path,
              message,
              witness: 'open' in open[1] ? open[1].open : branch.example,
              fix: preset.pins.map((set) => bindClaims(reading, set)).find((fix) => fix),
            },
          ]
        })
    if (wild.length > 0)
      return wild.filter((found, at) => wild.findIndex(({ path }) => path.join() === found.path.join()) === at)
    const formats = branches.map((branch) => preset.subjects.find(({ id }) => id === branch.form.id))
    const isOld = formats.every((format) => format?.isLegacy)
    if (!isOld || !preset.subjects.some(isNewer)) return []
    const subjects = seen?.subjects
    if (!subjects) return { noData: 'subjects of recorded tokens' }
    const newer = subjects.find(({ sub }) => {
      const format = readSubject(preset, sub)?.format
      return format !== undefined && isNewer(format) && namesSame(preset, sub, branches)
    })
    if (!newer) return []
    const at = admission.rules.find(({ bound }) => bound.rule.path === 'sub')?.bound.at ?? 0
    return [
      {
        path: branches[0]?.path ?? ['rules', at],
        severity: 'critical',
        message: 'A token with the newer subject was seen, and the rule has the older one alone.',
        witness: newer.sub,
        fix: fixOf(
          reading,
          'Add the newer subject',
          withValues(at, (values) => [...values, newer.sub]),
        ),
      },
    ]
  },
})

const subjectBranches = ({ rules }: Admission): Branch[] =>
  rules.filter(({ bound }) => bound.rule.path === 'sub').flatMap(({ branches }) => branches)

const isNewer = ({ isLegacy, isCustom, since }: SubjectFormat) => !isLegacy && !isCustom && since !== undefined

const isId = ({ facts }: Preset, name: string) => facts[name]?.class === 'id' && facts[name]?.role !== 'context'
const isName = ({ facts }: Preset, name: string) => facts[name]?.class === 'name' && facts[name]?.role !== 'context'

/** Whether a subject has the names that the older forms of the rule have. */
function namesSame(preset: Preset, sub: string, branches: readonly Branch[]): boolean {
  const facts = readSubject(preset, sub)?.facts ?? {}
  return branches.some((branch) =>
    Object.entries(branch.facts).every(
      ([name, reach]) => !isName(preset, name) || !('values' in reach) || reach.values.includes(facts[name] ?? ''),
    ),
  )
}
