'use client'

import type { ReactNode } from 'react'
import { FormField } from '@/components/form/form-field'
import { Section } from '@/components/ui/card'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { Select } from '@/components/ui/select'
import { shownText } from '@/components/ui/shown'
import type { Guide, GuideQuestion } from '@/lib/model/set-up-guide'
import { RuleSummary } from './rule-summary'

export type Answers = {
  variant: string | null
  ruleSet: string | null
  facts: Readonly<Record<string, string>>
  audience: string | null
}

/** The questions of a platform, and the rules that follow from them. */
export function GuideQuestions({
  guide,
  answers,
  onAnswers,
  sample,
  keys,
}: {
  guide: Guide
  answers: Answers
  onAnswers: (answers: Answers) => void
  /** Box for a token, which answers the questions. */
  sample: ReactNode
  /** Fields of the keys, where the answers do not lead to them. */
  keys: ReactNode
}) {
  const setFact = (fact: string, value: string) => onAnswers({ ...answers, facts: { ...answers.facts, [fact]: value } })
  const asked = guide.questions.filter(({ isUsual }) => !isUsual)
  const usual = guide.questions.filter(({ isUsual }) => isUsual)
  const question = (one: GuideQuestion) => (
    <Question
      key={one.fact}
      question={one}
      typed={answers.facts[one.fact]}
      onValue={(value) => setFact(one.fact, value)}
    />
  )
  return (
    <>
      <Section
        title="Which one?"
        description={
          guide.preset.id !== 'generic'
            ? `What distinguishes it from everything else that ${guide.preset.title} issues tokens to.`
            : 'What distinguishes it from everything else that this issuer issues tokens to.'
        }
      >
        <div className="grid gap-4">
          {sample}
          {guide.variants.length > 1 && (
            <FormField label="Issuer">
              {(wiring) => (
                <Select
                  {...wiring}
                  options={guide.variants.map(({ id, title }) => ({ value: id, label: title }))}
                  value={guide.variant}
                  onValueChange={(variant) => onAnswers({ ...answers, variant })}
                />
              )}
            </FormField>
          )}
          <div className="grid gap-4 sm:grid-cols-2">{asked.map(question)}</div>
          <FormField
            label="Audience"
            help="The audience of its tokens. An audience of your own keeps out tokens for other services."
          >
            {(wiring) => (
              <Input
                {...wiring}
                mono
                value={answers.audience ?? guide.audience}
                onChange={(event) => onAnswers({ ...answers, audience: event.target.value })}
              />
            )}
          </FormField>
          {usual.length > 0 && (
            <details>
              <summary className="break-words text-compact text-muted-foreground">
                {shownText(usual.map(({ title, value }) => `${title}: ${value}`).join(' · '))}
              </summary>
              <div className="grid gap-4 pt-3 sm:grid-cols-2">{usual.map(question)}</div>
            </details>
          )}
        </div>
      </Section>
      {keys}
      <Section title="What is required" description="Each claim exactly. Who else would get in is shown beside it.">
        <div className="grid gap-4">
          {guide.ruleSets.length > 1 && (
            <RadioGroup
              aria-label="Set of rules"
              className="grid gap-2"
              value={guide.ruleSet}
              onValueChange={(ruleSet) => onAnswers({ ...answers, ruleSet })}
              options={guide.ruleSets.map(({ id, title, why, admits }) => ({
                value: id,
                label: title,
                help: admits.length === 0 ? why : `${why} Lets in: ${admits.join('; ')}.`,
              }))}
            />
          )}
          <RuleSummary guide={guide} />
        </div>
      </Section>
    </>
  )
}

function Question({
  question: { title, example, value, problem },
  typed,
  onValue,
}: {
  question: GuideQuestion
  /** What is in the box, before the answers are read. */
  typed: string | undefined
  onValue: (value: string) => void
}) {
  return (
    <FormField label={title} error={problem}>
      {(wiring) => (
        <Input
          {...wiring}
          mono
          spellCheck={false}
          autoComplete="off"
          placeholder={example}
          value={typed ?? value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </FormField>
  )
}
