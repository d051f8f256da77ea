import { randomUUID } from 'node:crypto'
import type { Db } from './client'

/** Writes a row that nothing else reads. Fails as any write would now. */
export async function probeWrite(db: Pick<Db, 'lease'>): Promise<void> {
  const written = { holder: randomUUID(), expiresAt: new Date(0) }
  const where = { name: 'status' }
  await db.lease.upsert({ where, create: { ...where, ...written }, update: written })
}
