/** A number of things that a person controls, in words: it may be the least there is. */
export const countOf = (count: number, { isMore }: { isMore: boolean }): string =>
  `${isMore ? 'at least ' : ''}${count.toLocaleString('en')}`
