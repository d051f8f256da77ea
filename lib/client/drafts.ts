let drafts = 0

/** Marks that the page holds typed text that is not saved. Returns what releases it. */
export function holdDraft(): () => void {
  drafts++
  return () => void drafts--
}

export const holdsDrafts = () => drafts > 0
