import { type Group, keyOf, type RefusalRow } from './incident-batch'

/** An accepted login that an incident counts, and its place in the log. */
export type Raised = { seq: number; row: RefusalRow; group: Group; others: null }

/** Groups accepted logins that raise an alarm by its reason and by whom they were: the identity, else the trust. */
export const custodyGroup = (row: RefusalRow, reason: string): Promise<Group> =>
  groupBy(row, reason, row.identityId === null ? ['trust', row.trustId] : ['identity', row.identityId])

/** Groups them by the workload that made them, which may be several identities. */
export const workloadGroup = (row: RefusalRow, reason: string, workloadHash: string): Promise<Group> =>
  groupBy(row, reason, ['workload', workloadHash])

const groupBy = async (row: RefusalRow, reason: string, whom: readonly unknown[]): Promise<Group> => ({
  key: await keyOf([row.organizationId, 'custody', reason, ...whom]),
  ...{ issuer: row.issuer, isMixed: false },
})
