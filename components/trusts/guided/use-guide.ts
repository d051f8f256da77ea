'use client'

import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useAnswer } from '@/lib/client/analysis/use-answer'
import { receiveTokens } from '@/lib/client/token-handover'
import type { GuideInput } from '@/lib/model/set-up-guide'
import { decodeToken } from '@/lib/trust/engine/token'
import type { Answers } from './guide-questions'

const noAnswers: Answers = { variant: null, ruleSet: null, facts: {}, audience: null }

/** The state of the questions: platform, answers, and the token at hand. The worker says what follows from them. */
export function useGuide(admitsAll: GuideInput['admitsAll']) {
  const [preset, setPreset] = useState<string | null>(null)
  const [answers, setAnswers] = useState<Answers>(noAnswers)
  const [token, setToken] = useState('')
  const sample = useMemo(() => {
    const { claims } = decodeToken(token)
    return claims.ok ? claims.value : null
  }, [token])
  const key = preset === null && !sample ? null : JSON.stringify([preset, answers, sample && token])
  const { answer, error, isCurrent } = useAnswer('guide', key, () => ({
    ...{ preset, sample, admitsAll, ownAudience: window.location.origin },
    ...answers,
  }))
  /** A token that can be read answers for its own platform; others change nothing. */
  function paste(text: string) {
    setToken(text)
    if (!decodeToken(text).claims.ok) return
    setPreset(null)
    setAnswers(noAnswers)
  }
  // Takes the handed-over token once; a later one is for the tester page.
  const take = useEffectEvent(paste)
  useEffect(() => receiveTokens(take)(), [])

  return {
    ...{ answers, setAnswers, token, error, isCurrent, paste },
    /** Null while nothing is chosen. */
    guide: key === null ? null : answer,
    key,
    choose(id: string) {
      setPreset(id)
      setAnswers(noAnswers)
    },
    startOver() {
      setPreset(null)
      setAnswers(noAnswers)
      setToken('')
    },
  }
}
