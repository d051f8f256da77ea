import { newWork, type Work } from '../matchers/glob'

/** The work of one question about rules: some tens of milliseconds. */
export const questionStepsMax = 25_000

/** Work for one question. Once it `isSpent`, what was not found may be there: the answer is `unknown`. */
export const newQuestion = (stepsMax = questionStepsMax): Work => newWork(stepsMax)
