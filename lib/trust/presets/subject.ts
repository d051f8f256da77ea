import { holds, impliedBy } from './job-facts'
import type { ClaimClass, Preset, SubjectFormat } from './preset'
import { type FactValues, factNamesOf, parse, print, templateTextMax } from './template'

/** A subject, with the format in which it is written. */
export type Subject = { format: SubjectFormat; text: string }

/**
 * The subject of a job, in a format or a form. Without either, in the form of the preset's first format. Null when no format
 * fits the facts.
 */
export function subjectOf(
  preset: Preset,
  facts: FactValues,
  { format, form = preset.subjects[0]?.form }: { format?: SubjectFormat; form?: string } = {},
): Subject | null {
  const formats = format ? [format] : preset.subjects.filter((one) => one.form === form && holds(one.when, facts))
  for (const one of formats) {
    const text = print(one.template, facts, one.escape)
    if (text !== null) return { format: one, text }
  }
  return null
}

/** A subject that was read. */
export type SubjectReading = { format: SubjectFormat; facts: FactValues }

/** Reads a subject by the formats of a preset, then as one that was composed of parts. Null when it has none of these forms. */
export function readSubject(preset: Preset, text: string): SubjectReading | null {
  if (text.length > templateTextMax) return null
  for (const format of preset.subjects) {
    const facts = parse(format.template, text, preset.facts, format.escape)
    if (facts) return { format, facts: { ...impliedBy(format.when), ...facts } }
  }
  const composed = composedFormat(preset, text)
  const facts = composed && parse(composed.template, text, preset.facts, composed.escape)
  return composed && facts ? { format: composed, facts } : null
}

/** How far a subject of a format can be relied on: as far as the parts that name customer and workload. */
export function subjectClass(preset: Preset, format: SubjectFormat): ClaimClass {
  const facts = factNamesOf(format.template).flatMap((name) => preset.facts[name] ?? [])
  if (facts.some((fact) => fact.class === 'ephemeral')) return 'ephemeral'
  const naming = facts.filter((fact) => fact.role !== 'context')
  const isById = (role: 'tenant' | 'workload') => naming.some((fact) => fact.role === role && fact.class === 'id')
  const roles = new Set(naming.map(({ role }) => role))
  if (naming.length === 0) return 'user'
  return [...roles].every((role) => role === 'context' || isById(role)) ? 'id' : 'name'
}

/** The format of a subject that an administrator composed of parts. A value holds no colon. */
function composedFormat(preset: Preset, text: string): SubjectFormat | null {
  const segments = text.split(':')
  if (segments.length > segmentsMax || preset.subjectParts.length === 0) return null
  const escaping = preset.subjects[0]?.escape ?? 'none'
  const templates: string[] = []
  for (let at = 0; at < segments.length; ) {
    const rest = segments.slice(at)
    const part = preset.subjectParts.find((template) => {
      const written = rest.slice(0, template.split(':').length).join(':')
      return parse(template, written, preset.facts, escaping) !== null
    })
    if (part === undefined) return null
    templates.push(part)
    at += part.split(':').length
  }
  const template = templates.join(':')
  return {
    ...{ id: 'composed-of-parts', title: 'Composed by an administrator', template, escape: escaping },
    ...{ form: 'composed-of-parts', when: {}, isCustom: true, isLegacy: false },
  }
}

const segmentsMax = 40
