import { acceptsToken } from '@/lib/trust/analysis/judge-claims'
import type { JsonObject } from '@/lib/trust/json/json'
import { exactRule } from '@/lib/trust/posture/exact-rule'
import type { IssuerVariant, Preset, RuleSet } from '@/lib/trust/presets/preset'
import { type FactValues, factNamesOf, fitsFact, print } from '@/lib/trust/presets/template'
import { factsOf, isUsual } from './guide-facts'
import type { GuideInput, GuideQuestion } from './guide-input'

/** What the answers say, for one set of rules. */
export type Reading = {
  ruleSet: RuleSet
  issuer: string | null
  questions: GuideQuestion[]
  rules: { path: string; values: string[] }[]
  missing: string[]
  facts: FactValues
}

/** Reads the answers for one rule set. Pure. */
export function read(
  preset: Preset,
  variant: IssuerVariant,
  ruleSet: RuleSet,
  input: GuideInput,
  said: FactValues,
): Reading {
  const known = factsOf(preset, ruleSet, input.facts, said)
  const ruleTemplates = ruleSet.rules.flatMap(({ values }) => values)
  // An issuer that the token at hand names needs no questions.
  const isNamed = input.sample !== null && Object.keys(said).length > 0 && print(variant.template, said) === null
  const templates = isNamed ? ruleTemplates : [variant.template, variant.jwksUrl ?? '', ...ruleTemplates]
  const names = [...new Set(templates.flatMap(factNamesOf))]
  const asked = [...new Set(names.flatMap((name) => known.questionsFor(name)))]
  const questions = asked.flatMap((name): GuideQuestion[] => {
    const fact = preset.facts[name]
    if (!fact) return []
    const value = known.textOf(name)
    const isWrong = value !== '' && !fitsFact(fact, value)
    return [
      {
        ...{ fact: name, title: fact.title, example: fact.sample, value },
        problem: isWrong
          ? `This is no ${fact.title.toLowerCase()} of ${preset.title}: one looks like ${fact.sample}.`
          : null,
        isUsual: isUsual(fact),
      },
    ]
  })
  const values = Object.fromEntries(
    names.flatMap((name) => {
      const value = known.knownOf(name)
      return value === null ? [] : [[name, value] as const]
    }),
  )
  const rules = ruleSet.rules.flatMap(({ path, values: texts }) => {
    const printed = texts.flatMap((text) => print(text, values) ?? [])
    return printed.length === texts.length ? [{ path, values: printed }] : []
  })
  return {
    ...{ ruleSet, questions, rules, facts: values },
    issuer: print(variant.template, values),
    missing: questions.filter(({ value, problem }) => value === '' || problem !== null).map(({ title }) => title),
  }
}

/** Whether the rules accept the claims of a token. */
export const accepts = (rules: Reading['rules'], sample: JsonObject) =>
  acceptsToken(
    { issuer: null, rules: rules.map(({ path, values }) => exactRule({ kind: 'jwt' }, path, values)) },
    sample,
  )
