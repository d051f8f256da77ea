import { randomUUID } from 'node:crypto'
import type { Db } from './client'

/** Tries whether the database takes writes, with a row that nothing reads. Throws what any write would throw now. */
export async function probeWrite(db: Pick<Db, 'lease'>): Promise<void> {
  const written = { holder: randomUUID(), expiresAt: new Date(0) }
  const where = { name: 'status' }
  await db.lease.upsert({ where, create: { ...where, ...written }, update: written })
}
