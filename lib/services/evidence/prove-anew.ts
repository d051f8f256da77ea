import type { Tx } from '@/lib/db/client'
import { isProof, partsOfHead, partsOfUnsealed, proofOf } from '@/lib/db/evidence/proof'

/** Replaces proofs that were made with the former secret by ones of the present secret. What neither has proven stays so. */
export async function proveAnew(tx: Tx): Promise<void> {
  for (const { organizationId, seq, hash, mac } of await tx.chainHead.findMany()) {
    const parts = partsOfHead({ organizationId, seq, hash })
    if (!isProof(mac, parts)) continue
    await tx.chainHead.updateMany({ where: { organizationId, seq, mac }, data: { mac: proofOf(parts) } })
  }
  // Those that wait for the end of an hour; all others are gone within seconds.
  for (const { mac, ...row } of await tx.unsealedRecord.findMany()) {
    if (!isProof(mac, partsOfUnsealed(row))) continue
    const { recordId, kind } = row
    await tx.unsealedRecord.updateMany({ where: { recordId, kind }, data: { mac: proofOf(partsOfUnsealed(row)) } })
  }
}
