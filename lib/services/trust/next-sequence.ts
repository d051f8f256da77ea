import type { Tx } from '@/lib/db/client'

/**
 * The organization's counter of changes after one more, in decimal digits. Whoever comes second waits here until the
 * first transaction ends, so two changes never share a number and checks that follow see what the first one wrote.
 */
export async function nextSequence(tx: Tx, organizationId: string): Promise<string> {
  // Writing, not reading, is what makes PostgreSQL hold the row until the end of the transaction.
  const { value } = await tx.sequenceCounter.upsert({
    where: { organizationId },
    create: { organizationId, value: '0' },
    update: { organizationId },
  })
  const next = (BigInt(value) + 1n).toString()
  await tx.sequenceCounter.update({ where: { organizationId }, data: { value: next } })
  return next
}
