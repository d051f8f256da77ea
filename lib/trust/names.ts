import { z } from 'zod'

/** A name without surrounding spaces, which are ignored. */
export const trimmedName = (name: string) => name.trim()

/** How many names such a record has at most. */
export const namesMax = 90

/**
 * A record whose names are trimmed. Two names that would become equal are refused, because one of their values would be lost silently.
 * @param inWords says what kind of thing the name is of: "claim"
 */
export const namedRecord = <Value extends z.ZodType>(value: Value, inWords: string, charactersMax: number) =>
  z.record(z.string().max(charactersMax), value).superRefine((record, ctx) => {
    if (Object.keys(record).length > namesMax) {
      return ctx.addIssue({ code: 'custom', message: `At most ${namesMax} names can be given here.` })
    }
    const seen = new Map<string, string>()
    for (const name of Object.keys(record)) {
      const trimmed = trimmedName(name)
      const first = seen.get(trimmed)
      seen.set(trimmed, first ?? name)
      const message = problemOf(trimmed, first, inWords)
      if (message) ctx.addIssue({ code: 'custom', path: [name], message })
    }
  })

function problemOf(name: string, first: string | undefined, inWords: string): string | null {
  if (name === '') return `Give the ${inWords} a name.`
  if (name === '__proto__') return 'Nothing can have this name.'
  if (first === undefined) return null
  return `${JSON.stringify(name)} appears twice, because spaces around a name are ignored. Remove one of the two.`
}
