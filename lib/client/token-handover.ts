/**
 * Carries a pasted token from the command palette to the tester. In memory only: a token never goes into a URL, a
 * history entry or storage, and it is gone with the tab.
 */
let waiting: string | null = null
const receivers = new Set<(token: string) => void>()

/** Leaves a token for the tester: given at once to one that is open, else kept until one opens. */
export function offerToken(token: string): void {
  if (receivers.size === 0) {
    waiting = token
    return
  }
  for (const receive of receivers) receive(token)
}

/** Called by the tester when it opens; `receive` gets the token that waits, once, and every later one. Answers the unsubscriber. */
export function receiveTokens(receive: (token: string) => void): () => void {
  receivers.add(receive)
  const token = waiting
  waiting = null
  if (token !== null) receive(token)
  return () => {
    receivers.delete(receive)
  }
}
