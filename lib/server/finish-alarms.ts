import { allUsesRecorded } from '@/lib/services/decoy-token/decoy-uses'
import { allRaised } from '@/lib/services/incident/raise-soon'

/**
 * Waits for uses of canaries to be recorded and raised.
 * @param answered settles when the last request is answered: what it used is recorded after that
 */
export async function finishAlarms(answered: Promise<unknown>): Promise<void> {
  await answered
  await allUsesRecorded()
  await allRaised()
}
