import { type Form, restName } from '../analysis/fact-reach'
import type { Preset } from '../presets/preset'
import type { BoundClaim } from './reading'

/**
 * The forms in which a claim's texts may be read, in groups: the usual ones, then one that an administrator may have composed.
 * Empty where the preset does not say how the claim is made.
 */
export function formsOf({ rule, claim }: BoundClaim, preset: Preset, value: string | null): Form[][] {
  if (rule.path === 'sub') {
    const usual = preset.subjects.map(({ id, template, escape: escaping }) => ({ id, template, escaping }))
    return value === null ? [usual] : [usual, composedForms(preset, value)]
  }
  return claim?.from === undefined ? [] : [[{ id: claim.path, template: claim.from, escaping: 'none' }]]
}

const segmentsMax = 40
const formsMax = 4

/**
 * Forms of a subject that is composed of parts, by the names of the parts in a value. What follows the last known part is any
 * text, where a wildcard begins there.
 */
function composedForms(preset: Preset, value: string): Form[] {
  const segments = value.split(':')
  if (preset.subjectParts.length === 0 || segments.length > segmentsMax) return []
  const parts = preset.subjectParts.map((template) => template.split(':'))
  let found: { templates: string[]; at: number }[] = [{ templates: [], at: 0 }]
  const whole: string[] = []
  while (found.length > 0) {
    found = found
      .flatMap(({ templates, at }) => {
        if (at >= segments.length) {
          whole.push(templates.join(':'))
          return []
        }
        const fitting = parts.filter((part) => part[0] === segments[at] && at + part.length <= segments.length)
        if (fitting.length === 0 && templates.length > 0 && /[*?[{]/.test(segments[at] ?? '')) {
          whole.push(`${templates.join(':')}:{${restName}}`)
        }
        return fitting.map((part) => ({ templates: [...templates, part.join(':')], at: at + part.length }))
      })
      .slice(0, formsMax)
  }
  const escaping = preset.subjects[0]?.escape ?? 'none'
  return whole.slice(0, formsMax).map((template) => ({ id: 'composed', template, escaping }))
}
