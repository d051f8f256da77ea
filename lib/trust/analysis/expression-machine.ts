import { keptAnswers } from '../kept-answers'
import { Automaton } from './automaton'
import type { Language } from './language'
import { type Machine, readings, subsets } from './machine'
import { parseExpression } from './regular-expression'

/** Returns the texts of a regular expression, and all others; null when it cannot be read or is too large. */
export function expressionLanguage(source: string): Language | null {
  return languages(source, readExpression)
}

/** The texts of a regular expression; null when it cannot be read or is too large. */
export const expressionMachine = (source: string): Machine | null => expressionLanguage(source)?.texts ?? null

/** As `expressionMachine`, of an expression in this code. */
export function machineOf(source: string): Machine {
  const machine = expressionMachine(source)
  if (!machine) throw new Error(`The expression ${source} cannot be read.`)
  return machine
}

const languages = keptAnswers<Language | null>(1_000)

/** As `expressionLanguage`, made anew: of an expression that is asked about once. */
export function readExpression(source: string): Language | null {
  const expression = parseExpression(source)
  if (!expression) return null
  const automaton = new Automaton()
  automaton.expression(expression)
  if (automaton.isFull) return null
  return {
    texts: readings(automaton, { accepts: (tags) => tags.length > 0 }),
    others: subsets(automaton, { accepts: (tags) => tags.length === 0 }),
    spells: true,
  }
}
