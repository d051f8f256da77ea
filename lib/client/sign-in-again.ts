import { holdsDrafts } from './drafts'

/** Signs the same person in again over the page; false where that was declined. */
type Ask = () => Promise<boolean>

let ask: Ask | null = null
let asked: Promise<boolean> | null = null

/** Names the dialog of the page that signs in again. Returns what withdraws it. */
export function offerSignInAgain(by: Ask): () => void {
  ask = by
  return () => {
    if (ask === by) ask = null
  }
}

/** Asks once, for all requests that wait for it. False on a page that cannot ask. */
export function signInAgain(): Promise<boolean> {
  asked ??= (ask?.() ?? Promise.resolve(false)).finally(() => {
    asked = null
  })
  return asked
}

export const canSignInAgain = () => ask !== null

/** Whether a redirect to the sign-in would lose what is typed. */
export const wouldLoseText = () => holdsDrafts() && ask !== null
