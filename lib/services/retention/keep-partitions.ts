import type { Db } from '@/lib/db/client'
import { messageOf } from '@/lib/db/failure-codes'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { isForbidden, isHeldUp, isOccupied } from '@/lib/db/partitions/decision-partitions'
import { missingPeriods } from '@/lib/db/partitions/missing-periods'
import { logFailed } from '../failure-log'

/**
 * Makes partitions of decisions ahead of time, where the table has any. Without one, decisions go into the default partition: no login fails, but
 * retention removes them one by one.
 * @returns whether all is done; false where a lock was not to be had
 */
export async function keepPartitions(db: Db): Promise<boolean> {
  const { partitions } = loginStoreOf(db)
  if (!partitions) return true
  const found = await partitions.read()
  try {
    if (!found) await partitions.dropForgottenCheck()
    for (const range of found ? missingPeriods(found) : []) {
      await partitions.make(range).catch((error: unknown) => {
        if (!isOccupied(error)) throw error
        logFailed(new Error(messageOf(error)), occupied, { from: range.from.toISOString(), to: range.to.toISOString() })
      })
    }
    return true
  } catch (error) {
    if (isHeldUp(error)) return false
    if (!isForbidden(error)) throw error
    logFailed(new Error(messageOf(error)), forbidden)
    return true
  }
}

const occupied =
  'decisions of this time are in the default partition, because none was made in time; they stay there, and retention will remove them one by one'
const forbidden =
  'the database role of this server may not make partitions of decisions, which go into the default partition instead: make it the owner of "Decision" and its partitions, or run keybound partition as the owner regularly'
