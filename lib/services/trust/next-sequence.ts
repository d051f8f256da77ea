import type { Tx } from '@/lib/db/client'

/**
 * The organization's counter of changes after one more, in decimal digits. A second change waits here until the
 * first transaction ends, so two changes never share a number and checks that follow see what the first one wrote.
 */
export async function nextSequence(tx: Tx, organizationId: string): Promise<string> {
  // Writing, not reading, is what makes PostgreSQL hold the row until the end of the transaction.
  const { value } = await tx.sequenceCounter.upsert({
    where: { organizationId },
    create: { organizationId, value: '0' },
    update: { organizationId },
  })
  const next = (await highest(tx, organizationId, value)) + 1n
  await tx.sequenceCounter.update({ where: { organizationId }, data: { value: next.toString() } })
  return next.toString()
}

/** A counter that cannot be read any more goes on from the last change that was numbered by it. */
async function highest(tx: Tx, organizationId: string, value: string): Promise<bigint> {
  if (isNumber(value)) return BigInt(value)
  const rows = await tx.trust.findMany({ where: { organizationId }, select: { sequence: true } })
  let most = 0n
  for (const { sequence } of rows) {
    if (sequence !== null && isNumber(sequence) && BigInt(sequence) > most) most = BigInt(sequence)
  }
  return most
}

const isNumber = (text: string) => /^\d{1,20}$/.test(text)
