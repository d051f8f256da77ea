import { describe, expect, test } from 'vitest'
import { expressionMachine } from '../analysis/expression-machine'
import { newQuestion } from '../analysis/question'
import { hasText } from '../analysis/search'
import { presets } from './index'
import { jobFacts } from './job-facts'
import { pattern, print } from './template'

describe.each(presets.map((preset) => [preset.id, preset] as const))('%s', (_, preset) => {
  test('the analysis reads the pattern of each fact, and it has the samples and no line break', () => {
    for (const [name, fact] of Object.entries(preset.facts)) {
      const machine = expressionMachine(fact.pattern)
      expect(machine, name).not.toBeNull()
      for (const value of [fact.sample, fact.other]) expect(hasText(machine!, value, newQuestion()), name).toBe(true)
      expect(hasText(machine!, `${fact.sample}\n`, newQuestion()), name).toBe(false)
    }
  })

  test('the analysis reads the grammar of each subject and issuer', () => {
    const facts = jobFacts(preset)
    for (const { template, id } of [...preset.subjects, ...preset.issuers]) {
      const escaping = preset.subjects.find((format) => format.id === id)?.escape
      const machine = expressionMachine(pattern(template, preset.facts, escaping))
      expect(machine, id).not.toBeNull()
      const text = print(template, facts, escaping)
      if (text !== null) expect(hasText(machine!, text, newQuestion()), text).toBe(true)
    }
  })
})
