/*
 * What is stated of access reviews apart from their schemas, for pages that show them.
 */

/** Kinds of things that are reviewed, in the order of a review. */
export const reviewedKinds = {
  identity: 'Identities',
  trust: 'Trusts',
  person: 'People',
  token: 'Live access tokens',
} as const
export type ReviewedKind = keyof typeof reviewedKinds
export const reviewedKindNames = Object.keys(reviewedKinds) as [ReviewedKind, ...ReviewedKind[]]

/** What became of an item. `narrowing`: it is to become narrower; `narrowed`: it has. */
export const itemDecisions = {
  undecided: 'Undecided',
  kept: 'Kept',
  narrowing: 'To be narrowed',
  narrowed: 'Narrowed',
  removed: 'Removed',
} as const
export type ItemDecision = keyof typeof itemDecisions
export const itemDecisionNames = Object.keys(itemDecisions) as [ItemDecision, ...ItemDecision[]]

/** Items of one review. */
export const reviewItemsMax = 20_000

/** "12 of 40 decided". */
export const decidedWords = ({ items, undecided }: { items: number; undecided: number }) =>
  `${(items - undecided).toLocaleString('en')} of ${items.toLocaleString('en')} decided`
