import type { Answered, Asked, QuestionName, Questions } from './questions'

/** The part of a `Worker` that is used. */
export type Port = {
  postMessage(message: Asked): void
  onmessage: ((event: MessageEvent<Answered>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}

/** Asks a worker. A worker that fails is replaced at the next question. */
export type Analyst = {
  ask<Name extends QuestionName>(name: Name, input: Questions[Name]['input']): Promise<Questions[Name]['answer']>
}

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void }

/** Starts no worker before the first question. */
export function createAnalyst(start: () => Port): Analyst {
  const waiting = new Map<number, Waiting>()
  let port: Port | null = null
  let asked = 0

  function open(): Port {
    const opened = start()
    opened.onmessage = ({ data }) => {
      const one = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.ok) one?.resolve(data.answer)
      else one?.reject(new Error(data.message))
    }
    opened.onerror = () => {
      opened.terminate()
      port = null
      for (const one of waiting.values()) one.reject(new Error('The analysis could not be loaded. Reload the page.'))
      waiting.clear()
    }
    return opened
  }

  return {
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        const id = ++asked
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
        try {
          port ??= open()
          port.postMessage({ id, name, input } as Asked)
        } catch (error) {
          waiting.delete(id)
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      }),
  }
}
