import { factNamesOf } from '../../presets/template'
import { admissionOf, isLimited, pins } from '../admission'
import { bindFix } from '../bind'
import { identityFactsOf } from '../identity'
import { definePostureRule } from '../rule'

export const l43 = definePostureRule({
  id: 'L43',
  severity: 'high',
  title: 'A composed subject begins with what the user chooses',
  why: 'The subject was composed of other claims, and the one that is bound first is free text: a workflow’s name, an environment, a branch. Every repository of the platform can compose the same.',
  opens: 'The identity, to any repository that chooses the same words.',
  remedy: 'Bind the id of the owner or repository beside it.',
  sources: ['checkov’s list of claims that can be abused'],
  needs: ['preset'],
  find(reading) {
    const { preset } = reading
    const admission = admissionOf(reading)
    const { tenantOrId, naming } = identityFactsOf(preset)
    if (admission.isDead || pins(admission, tenantOrId, isLimited)) return []
    const composed = admission.rules
      .flatMap(({ branches }) => branches)
      .find(({ form }) => {
        const [first] = factNamesOf(form.template)
        const isCustom =
          form.id === 'composed' || preset.subjects.some(({ id, isCustom: one }) => id === form.id && one)
        return isCustom && first !== undefined && !naming.has(first)
      })
    if (!composed) return []
    const message = `${JSON.stringify(composed.text)} begins with ${factTitle(preset.facts, composed.form.template)}, which every repository chooses.`
    return [{ path: composed.path, message, witness: composed.example, fix: bindFix(reading) }]
  },
})

const factTitle = (facts: Readonly<Record<string, { title: string }>>, template: string) =>
  (facts[factNamesOf(template)[0] ?? '']?.title ?? 'a value').toLowerCase()
