import { isPinned } from '../../analysis/fact-reach'
import type { Preset } from '../../presets/preset'
import { print } from '../../presets/template'
import { admissionOf, type Branch, pins } from '../admission'
import { bindFix } from '../bind'
import type { Fix, Found } from '../finding'
import { fixOf, withValue } from '../fix'
import { identityFactsOf } from '../identity'
import type { BoundValue, Reading } from '../reading'
import { boundTo } from '../reading'
import { definePostureRule } from '../rule'

export const l41 = definePostureRule({
  id: 'L41',
  severity: 'high',
  title: 'A wildcard inside a name',
  why: 'A pattern whose fixed part ends in the middle of a name, not at a separator, accepts every longer name: `workspace:web*` accepts web and web-anything. Names are chosen by those who create them, on some platforms by strangers.',
  opens: 'The identity, to everyone who can create a name that begins the same.',
  remedy: 'End the fixed part in the separator: `workspace:web:*`.',
  sources: [
    'HashiCorp’s sample for Google Cloud: startsWith("organization:…:workspace:w") (@0a4d89a)',
    'Boost Security: Sleeper Squats, `repo:acme-*`',
  ],
  needs: [],
  find(reading) {
    const { preset } = reading
    if (preset === null)
      return boundTo(reading, 'sub').flatMap(({ allowed }) => allowed.flatMap((value) => byLook(value)))
    const admission = admissionOf(reading)
    if (admission.isDead) return []
    const { ids, naming } = identityFactsOf(preset)
    if (pins(admission, ids)) return []
    const open = new Set([...naming].filter((name) => !pins(admission, new Set([name]))))
    return admission.rules.flatMap(({ bound, branches }) => {
      const byValue = new Map<string, Branch[]>()
      for (const branch of branches)
        byValue.set(branch.path.join(), [...(byValue.get(branch.path.join()) ?? []), branch])
      return [...byValue.values()].flatMap((same) => insideName(same, bound.at, open, reading, preset))
    })
  },
})

/** The fixed part of a pattern, before its first wildcard. */
const fixedPart = (text: string): string | null => {
  const part = /^(?:[^*?[{\\!]|\\.)*/.exec(text)?.[0] ?? ''
  return part.length < text.length ? part.replace(/\\(.)/g, '$1') : null
}

/** The finding of one value, read in each of its forms. */
function insideName(
  same: readonly Branch[],
  at: number,
  open: ReadonlySet<string>,
  reading: Reading,
  preset: Preset,
): Found[] {
  for (const branch of same) {
    const fixed = branch.isExact ? null : fixedPart(branch.text)
    if (fixed === null || fixed === '') return []
    const name = Object.keys(branch.facts).find((one) => open.has(one) && beginsInside(branch, one, fixed))
    const reach = name === undefined ? undefined : branch.facts[name]
    if (name === undefined || !reach || isPinned(reach)) continue
    const title = preset.facts[name]?.title.toLowerCase() ?? 'name'
    const message = `${JSON.stringify(branch.text)} accepts every ${title} that begins the same.`
    const fix = separated(same, name, at, fixed, reading) ?? bindFix(reading)
    return [{ path: branch.path, message, witness: reach.open, fix }]
  }
  return []
}

/** Whether a fixed part ends after the first character of a fact and before the text that follows it. */
function beginsInside({ form, facts, example }: Branch, name: string, fixed: string): boolean {
  const before = form.template.slice(0, form.template.indexOf(`{${name}}`))
  const values = Object.fromEntries(
    Object.entries(facts).map(([one, reach]) => [one, isPinned(reach) ? (reach.values[0] ?? '') : '\0']),
  )
  const start = print(before, values, form.escaping)
  const last = fixed.at(-1) ?? ''
  return (
    start !== null &&
    !start.includes('\0') &&
    fixed.startsWith(start) &&
    fixed.length > start.length &&
    example.startsWith(fixed) &&
    /[\p{L}\p{N}_.-]/u.test(last)
  )
}

/** Puts the separator that follows the name in every form before the wildcard. */
function separated(
  branches: readonly Branch[],
  name: string,
  at: number,
  fixed: string,
  reading: Reading,
): Fix | undefined {
  const [branch] = branches
  const index = branch?.path[4]
  if (!branch || typeof index !== 'number' || branch.text !== `${fixed}*`) return undefined
  const separators = new Set(branches.map(({ form: { template } }) => template.split(`{${name}}`)[1]?.[0] ?? ''))
  const [separator = ''] = separators
  if (separators.size !== 1 || !/[/:@|]/.test(separator)) return undefined
  const closed = `${fixed}${separator}*`
  return fixOf(reading, `Write ${JSON.stringify(closed)}`, withValue(at, index, closed))
}

function byLook({ kind, text, path }: BoundValue): Found[] {
  const fixed = kind === 'pattern' ? fixedPart(text) : null
  if (
    fixed === null ||
    !/\*+$/.test(text) ||
    !/[\p{L}\p{N}_.-]$/u.test(fixed) ||
    text.slice(fixed.length).replace(/\*+/, '') !== ''
  )
    return []
  const message = `${JSON.stringify(text)} accepts every name that begins the same.`
  return [{ path, message, witness: `${fixed}-x` }]
}
