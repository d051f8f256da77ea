import type { Tx } from '@/lib/db/client'
import { toVersionRow } from '@/lib/db/trust-version-row'
import type { Acting } from '../context'
import { releaseKeySources, writeKeySources } from '../key-source/write-key-sources'

/*
 * Every row of a trust is written here (`lib/architecture.test.ts`), so that what is derived from it is written in the same transaction:
 * which key sources it names, and its version. The transaction holds the organization (`holdOrganization`).
 */

/** Creates the row of a trust. @param by who makes it, for its versions */
export async function insertTrust(tx: Tx, data: Parameters<Tx['trust']['create']>[0]['data'], by?: Acting) {
  const row = await tx.trust.create({ data })
  await keepVersion(tx, row, by?.actor ?? null)
  await writeKeySources(tx, [row])
  return row
}

/** Changes columns of a trust. @param by who does, for its versions */
export async function changeTrust(tx: Tx, id: string, data: Parameters<Tx['trust']['update']>[0]['data'], by?: Acting) {
  const before = await tx.trust.findUnique({ where: { id } })
  // One that is older than versions are kept.
  if (before) await keepVersion(tx, before, null)
  const row = await tx.trust.update({ where: { id }, data })
  await keepVersion(tx, row, by?.actor ?? null)
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

/** Keeps a trust as it is now, unless that version is kept already. */
async function keepVersion(tx: Tx, row: Parameters<typeof toVersionRow>[0], by: Acting['actor'] | null): Promise<void> {
  const { trustId, version, ...kept } = toVersionRow(row, by)
  const where = { trustId_version: { trustId, version } }
  await tx.trustVersion.upsert({ where, create: { trustId, version, ...kept }, update: {} })
}
