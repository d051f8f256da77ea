import { acceptsToken } from '../../analysis/judge-claims'
import type { Preset } from '../../presets/preset'
import { readSubject } from '../../presets/subject'
import { admissionOf } from '../admission'
import type { Found } from '../finding'
import { fixOf, withValues } from '../fix'
import { boundTo, type Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l56 = definePostureRule({
  id: 'L56',
  severity: 'medium',
  title: 'Both forms of the subject are sent, and one is accepted',
  why: 'Tokens of one workload came with the older and with the newer subject. Its jobs succeed or fail depending on which settings they run under.',
  opens: 'Logins that fail now and then.',
  remedy: 'Accept both forms until the older one is no longer used.',
  sources: ['configure-aws-credentials#1889', 'nuon#2560'],
  needs: ['preset', 'seen'],
  find(reading) {
    const { seen, preset } = reading
    if (!seen.subjects) return { noData: 'subjects of recorded tokens' }
    if (admissionOf(reading).isDead) return []
    const byId = new Map<string, string[]>()
    for (const { sub, id } of seen.subjects) if (id !== null) byId.set(id, [...(byId.get(id) ?? []), sub])
    return [...byId.values()].flatMap((subjects) => refusedForm(subjects, reading, preset))
  },
})

/** A subject of the workload that is refused, of which the same is accepted in another form. */
function refusedForm(subjects: readonly string[], reading: Reading, preset: Preset): Found[] {
  const rule = boundTo(reading, 'sub').find(({ isRequired }) => isRequired)
  if (!rule) return []
  const onSubject = { issuer: null, rules: reading.policy.rules.filter(({ path }) => path === 'sub') }
  const accepted = subjects.filter((sub) => acceptsToken(onSubject, { sub }))
  const refused = subjects.find((sub) => !accepted.includes(sub) && accepted.some((one) => isTwin(sub, one, preset)))
  if (refused === undefined) return []
  // The older form has no ids: to accept it again would give up what the newer one is for.
  const isOlder = readSubject(preset, refused)?.format.isLegacy ?? false
  const added = withValues(rule.at, (values) => [...values, refused])
  const fix = isOlder ? undefined : fixOf(reading, 'Accept the other form, too', added)
  return [
    { path: rule.path, message: 'A subject of the same workload in another form is refused.', witness: refused, fix },
  ]
}

/** Whether two subjects are of different forms, and say the same where both say something. */
function isTwin(sub: string, other: string, preset: Preset): boolean {
  const [one, two] = [readSubject(preset, sub), readSubject(preset, other)]
  if (!one || !two || one.format.form === two.format.form) return false
  return Object.entries(one.facts).every(([name, value]) => two.facts[name] === undefined || two.facts[name] === value)
}
