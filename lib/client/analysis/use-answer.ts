'use client'

import { useEffect, useRef, useState } from 'react'
import { createLatest, type Outcome } from './latest'
import { analyst } from './page-analyst'
import type { QuestionName, Questions } from './questions'

type Input<Name extends QuestionName> = Questions[Name]['input']

export type Answer<Name extends QuestionName> = Outcome<Questions[Name]['answer']> & {
  /** The input that the answer is about, which may be an earlier one; null before the first answer. */
  about: Input<Name> | null
  /** Whether the answer is about the input of this render. */
  isCurrent: boolean
}

/**
 * Asks the worker after every change of `key`, which names the input; null asks nothing. Until it answers, the answer about an
 * earlier input stays.
 */
export function useAnswer<Name extends QuestionName>(
  name: Name,
  key: string | null,
  input: () => Input<Name>,
): Answer<Name> {
  const [ask] = useState(() => createLatest<Input<Name>, Questions[Name]['answer']>((one) => analyst.ask(name, one)))
  const [known, setKnown] = useState<Answer<Name> & { key: string }>()
  const newest = useRef(input)
  useEffect(() => {
    newest.current = input
  })

  useEffect(() => {
    if (key === null) return
    const about = newest.current()
    ask(about, (outcome) => setKnown({ ...outcome, about, key, isCurrent: true }))
  }, [key, ask])

  if (key === null || !known) return { answer: null, about: null, error: null, isCurrent: false }
  return { ...known, isCurrent: known.key === key }
}
