import { newWork, type Work } from '../matchers/glob'

const answersMax = 2000
const keyCharactersMax = 4000

/** Work for one question; one that needs more has no answer, today and tomorrow. */
const questionStepsMax = 30_000

/**
 * Returns a function that keeps answers by their questions, as many as are in use while a person types. A question that is not
 * known is asked with work of its own, as long as there is some left of the whole; then the answer is undefined.
 */
export function bounded<Answer>() {
  const answers = new Map<string, Answer>()
  return (key: string, whole: Work, ask: (work: Work) => Answer): Answer | undefined => {
    if (answers.has(key)) return answers.get(key)
    if (whole.steps > whole.stepsMax) return undefined
    const work = newWork(questionStepsMax)
    const answer = ask(work)
    whole.steps += key.length + work.steps
    if (key.length > keyCharactersMax) return answer
    if (answers.size >= answersMax) answers.clear()
    answers.set(key, answer)
    return answer
  }
}
