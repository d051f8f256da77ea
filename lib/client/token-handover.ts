/**
 * Passes a pasted token from the command palette to the tester. In memory only: no URL, history entry or storage holds
 * a token.
 */
let waiting: string | null = null
const receivers = new Set<(token: string) => void>()

/** Hands over a token: to an open tester at once, else to the next one. */
export function offerToken(token: string): void {
  if (receivers.size === 0) {
    waiting = token
    return
  }
  for (const receive of receivers) receive(token)
}

/** Whether the next tester gets a token. */
export const isTokenWaiting = (): boolean => waiting !== null

/** Subscribes a tester; `receive` gets a waiting token once, and every later one. Returns the unsubscribe function. */
export function receiveTokens(receive: (token: string) => void): () => void {
  receivers.add(receive)
  const token = waiting
  waiting = null
  if (token !== null) receive(token)
  return () => {
    receivers.delete(receive)
  }
}
