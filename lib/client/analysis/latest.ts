export type Outcome<Answer> = { answer: Answer | null; error: Error | null }

/**
 * Asks one question at a time: while one is answered the newest of the others waits, and those between are never asked. Outcomes
 * are told in the order of the questions.
 */
export function createLatest<Input, Answer>(ask: (input: Input) => Promise<Answer>) {
  type Question = { input: Input; tell: (outcome: Outcome<Answer>) => void }
  let isBusy = false
  let next: Question | null = null

  async function run({ input, tell }: Question) {
    isBusy = true
    const outcome = await ask(input).then(
      (answer) => ({ answer, error: null }),
      (error: unknown) => ({ answer: null, error: error instanceof Error ? error : new Error(String(error)) }),
    )
    isBusy = false
    tell(outcome)
    const waiting = next
    next = null
    if (waiting) run(waiting)
  }

  return (input: Input, tell: Question['tell']): void => {
    if (isBusy) next = { input, tell }
    else run({ input, tell })
  }
}
