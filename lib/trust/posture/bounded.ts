import { newWork, type Work } from '../matchers/glob'

const answersMax = 2000
const keyCharactersMax = 4000

/** Limit of work for one question; a question that needs more never has an answer. */
const questionStepsMax = 30_000

/**
 * Returns a function that caches answers by question, as many as are in use while a person types. A new question gets its own
 * budget as long as the total budget lasts; after that, the answer is undefined.
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
