import { claimMatches } from '../matchers'
import type { Work } from '../matchers/glob'
import type { Matcher } from '../policy'
import type { Preset, SubjectFormat } from '../presets/preset'
import { type FactValues, factNamesOf, parse, pattern, print } from '../presets/template'
import { expressionMachine } from './expression-machine'
import { differingFacts, factWords, type Recognised, shown, titleOf } from './fact-words'
import { languageOf, machinesOf } from './language'
import { newQuestion, questionStepsMax } from './question'
import { findText } from './search'

/** A subject that a rule accepts, in one of the formats of the platform. */
type Wanted = { format: SubjectFormat; facts: FactValues; text: string }

/** Says why a rule refuses the subject of a token: another customer or workload, another form, or other circumstances of the job. */
export function subjectCauses(matcher: Matcher, { preset, format, facts }: Recognised, work: Work): string[] {
  if (!format) return [`${preset.title} is not known to write a subject of this form.`]
  const wanted = nearest(wantedBy(matcher, preset), format)
  if (!wanted) return []
  const names = factNamesOf(wanted.format.template)
  const isExact = 'values' in matcher && matcher.values.includes(wanted.text)
  // Where a pattern leaves a fact open, the token's own value is as good as that of the example.
  const differing = differingFacts(preset, names, facts, wanted.facts).filter((name) => {
    const own = print(wanted.format.template, { ...wanted.facts, [name]: facts[name] ?? '' }, wanted.format.escape)
    return own !== null && !claimMatches(matcher, own, work) && !work.isSpent
  })
  const words = (name: string) => factWords(preset, name, facts, isExact ? wanted.facts[name] : undefined)
  const isElsewhere = (name: string) => preset.facts[name]?.role !== 'context'
  return [
    ...differing.filter(isElsewhere).map(words),
    ...(wanted.format.id === format.id ? [] : [formatWords(preset, format, wanted.format, facts)]),
    ...differing.filter((name) => !isElsewhere(name)).map(words),
  ]
}

/** The subjects that a rule accepts: one of each format. */
function wantedBy(matcher: Matcher, preset: Preset): Wanted[] {
  const language = languageOf(matcher)
  if (!language) return []
  const work = newQuestion(questionStepsMax * 4)
  return preset.subjects.flatMap((format) => wantedIn(format, preset, machinesOf(language), work) ?? [])
}

function wantedIn(
  format: SubjectFormat,
  { facts }: Preset,
  machines: ReturnType<typeof machinesOf>,
  work: Work,
): Wanted | null {
  const texts = expressionMachine(pattern(format.template, facts, format.escape))
  const text = texts && findText([...machines, texts], work)
  const read = text ? parse(format.template, text, facts, format.escape) : null
  return text && read ? { format, facts: read, text } : null
}

/** Of the format that the token has, else of its form, else the first. */
const nearest = (all: readonly Wanted[], { id, form }: SubjectFormat): Wanted | undefined =>
  all.find(({ format }) => format.id === id) ?? all.find(({ format }) => format.form === form) ?? all[0]

function formatWords(preset: Preset, sent: SubjectFormat, wanted: SubjectFormat, facts: FactValues): string {
  const forms = `${preset.title} writes its subject as “${sent.title}”; the rule wants “${wanted.title}”`
  if (sent.isCustom)
    return `An administrator has composed the subject: “${sent.template}”. The rule wants “${wanted.title}”.`
  if (sent.form !== wanted.form) {
    const [older, newer] = sent.isLegacy ? [sent, wanted] : [wanted, sent]
    const since = newer.since === undefined ? '' : `, sent since ${newer.since}`
    return older.isLegacy && !newer.isLegacy
      ? `The subject has the ${sent.isLegacy ? 'older' : 'newer'} form, “${sent.title}”; the rule wants the ${
          sent.isLegacy ? 'newer' : 'older'
        }, “${wanted.title}”${since}.`
      : `${forms}.`
  }
  return `${reasonFor(preset, sent, wanted, facts)}${forms}.`
}

/** What about the job leads to its format: of one form, the first is sent whose facts are present and whose `when` holds. */
function reasonFor(preset: Preset, sent: SubjectFormat, wanted: SubjectFormat, facts: FactValues): string {
  const isSentFirst = preset.subjects.indexOf(sent) < preset.subjects.indexOf(wanted)
  const [first, second] = isSentFirst ? [sent, wanted] : [wanted, sent]
  const others = factNamesOf(second.template)
  const own = factNamesOf(first.template).filter((name) => !others.includes(name))
  const told = Object.keys(first.when)[0] ?? own.find((name) => isSentFirst === (facts[name] !== undefined))
  if (told === undefined) return ''
  const value = facts[told]
  return value === undefined
    ? `The job has no ${titleOf(preset, told)}, so `
    : `The job’s ${titleOf(preset, told)} is ${shown(value)}, so `
}
