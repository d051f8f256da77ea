import { admissionOf } from './admission'
import { boundTo, isExact, type Reading } from './reading'

/** Whether the rules bind, letter for letter, all claims of a set that is enough by the preset. */
export function bindsPinnedSet(reading: Reading): boolean {
  const { preset } = reading
  if (!preset) return false
  return preset.pins.some((set) =>
    set.every((path) => boundTo(reading, path).some(isExact) && (path !== 'sub' || isUsualSubject(reading))),
  )
}

/** Whether the subject has one of the issuer's own forms. One that an administrator composed may lack the owner. */
function isUsualSubject(reading: Reading): boolean {
  const forms = reading.preset?.subjects.filter(({ isCustom }) => !isCustom).map(({ id }) => id) ?? []
  const subject = admissionOf(reading).rules.find(({ bound }) => bound.rule.path === 'sub')
  if (!subject || subject.branches.length === 0 || subject.unknown.length > 0) return false
  return subject.branches.every(({ form }) => forms.includes(form.id))
}
