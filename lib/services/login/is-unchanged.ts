import type { Tx } from '@/lib/db/client'
import type { Trust } from '@/lib/trust/trust'

/** Whether a trust is still what a token was judged by; if not, the token has to be judged again. */
export async function isUnchanged(tx: Pick<Tx, 'trust'>, { id, version }: Pick<Trust, 'id' | 'version'>) {
  return (await tx.trust.count({ where: { id, version } })) === 1
}
