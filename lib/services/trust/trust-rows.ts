import type { Tx } from '@/lib/db/client'
import { releaseKeySources, writeKeySources } from '../key-source/write-key-sources'

/*
 * Every row of a trust is written here (`lib/architecture.test.ts`), so that what is derived from it is written in the same transaction:
 * which key sources it names. The transaction holds the organization (`holdOrganization`).
 */

/** Creates the row of a trust. */
export async function insertTrust(tx: Tx, data: Parameters<Tx['trust']['create']>[0]['data']) {
  const row = await tx.trust.create({ data })
  await writeKeySources(tx, [row])
  return row
}

/** Changes columns of a trust. */
export async function changeTrust(tx: Tx, id: string, data: Parameters<Tx['trust']['update']>[0]['data']) {
  const row = await tx.trust.update({ where: { id }, data })
  await writeKeySources(tx, [row])
  return row
}

/** Removes a trust; its access tokens go with it. */
export async function deleteTrust(tx: Tx, id: string): Promise<void> {
  await releaseKeySources(tx, [id])
  await tx.trust.delete({ where: { id } })
}

/** Removes an identity with its trusts and access tokens. */
export async function deleteIdentityRow(tx: Tx, id: string): Promise<void> {
  const trusts = await tx.trust.findMany({ where: { identityId: id }, select: { id: true } })
  await releaseKeySources(
    tx,
    trusts.map(({ id }) => id),
  )
  await tx.identity.delete({ where: { id } })
}
