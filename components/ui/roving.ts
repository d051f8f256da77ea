/** Where a key leads in a row or column of which one item is reached by Tab; null for other keys. */
export type Step = 1 | -1 | 'first' | 'last'

const steps: Readonly<Record<string, Step>> = {
  ...{ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 },
  ...{ Home: 'first', End: 'last' },
}

export const stepOf = (key: string): Step | null => steps[key] ?? null

/** Returns the item that a step leads to: after the last comes the first. Undefined where there is none. */
export function turned<Item>(items: readonly Item[], isCurrent: (item: Item) => boolean, step: Step): Item | undefined {
  if (step === 'first') return items[0]
  if (step === 'last') return items.at(-1)
  return items.at((items.findIndex(isCurrent) + step) % Math.max(1, items.length))
}
