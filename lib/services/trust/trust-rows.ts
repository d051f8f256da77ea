import type { Tx } from '@/lib/db/client'
import { toVersionRow } from '@/lib/db/trust-version-row'
import type { Acting } from '../context'
import { idsOfPart, inParts } from '../in-parts'
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

/**
 * Changes the same columns of many trusts of one organization, `version` among them, in statements whose number grows with parts of them only.
 * @param by who does, for their versions
 */
export async function changeTrusts(
  tx: Tx,
  ids: readonly string[],
  data: Parameters<Tx['trust']['updateMany']>[0]['data'],
  by: Acting,
): Promise<void> {
  // A trust and a version are two parameters.
  for (const part of inParts(ids, idsOfPart / 2)) {
    const where = { id: { in: part } }
    await keepVersions(tx, await tx.trust.findMany({ where }), null)
    await tx.trust.updateMany({ where, data })
    const rows = await tx.trust.findMany({ where })
    await keepVersions(tx, rows, by.actor)
    await writeKeySources(tx, rows)
  }
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

type TrustRow = Parameters<typeof toVersionRow>[0]

/** Keeps a trust as it is now, unless that version is kept already. */
async function keepVersion(tx: Tx, row: TrustRow, by: Acting['actor'] | null): Promise<void> {
  const { trustId, version, ...kept } = toVersionRow(row, by)
  const where = { trustId_version: { trustId, version } }
  await tx.trustVersion.upsert({ where, create: { trustId, version, ...kept }, update: {} })
}

/** The same of many trusts. */
async function keepVersions(tx: Tx, rows: readonly TrustRow[], by: Acting['actor'] | null): Promise<void> {
  const versions = [...new Set(rows.map(({ version }) => version))]
  const kept = await tx.trustVersion.findMany({
    where: { trustId: { in: rows.map(({ id }) => id) }, version: { in: versions } },
    select: { trustId: true, version: true },
  })
  const known = new Set(kept.map(({ trustId, version }) => `${trustId} ${version}`))
  const missing = rows.filter(({ id, version }) => !known.has(`${id} ${version}`))
  await tx.trustVersion.createMany({ data: missing.map((row) => toVersionRow(row, by)) })
}
