import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { seal, unseal } from '../installation/seal'
import { isLiveFor } from '../live-for'
import { cookieIn, ownCookie } from '../own-cookie'

/** A browser in which people have signed in before; `id` is the browser's own. */
export type KnownDevice = { id: string; userIds: string[] }

const Device = z.object({ id: z.uuid(), userIds: z.array(z.string()).max(10), untilSeconds: z.number() })

const keptSeconds = 400 * 24 * 3600
const peopleMax = 5

/**
 * The device that a request's cookie proves. It is sealed with the installation's secret, so only we can have made it; it proves
 * where a person signed in, and opens nothing by itself.
 */
export async function findKnownDevice(headers: Headers, now: Date): Promise<KnownDevice | null> {
  const sealed = cookieIn(headers, 'device')
  if (!sealed || sealed.length > 2_000) return null
  const opened = await unseal('known-device', sealed).catch(() => null)
  const device = storedOrNull(opened, Device)
  return device && isLiveFor(device.untilSeconds, now, keptSeconds) ? device : null
}

/** The cookie by which this browser is known to have signed `userId` in, beside those it knew already. */
export async function knownDeviceCookie(before: KnownDevice | null, userId: string, now: Date): Promise<string> {
  const device: z.input<typeof Device> = {
    id: before?.id ?? crypto.randomUUID(),
    userIds: [userId, ...(before?.userIds ?? []).filter((id) => id !== userId)].slice(0, peopleMax),
    untilSeconds: toEpochSeconds(now) + keptSeconds,
  }
  const value = await seal('known-device', JSON.stringify(device))
  return ownCookie('device', value, { maxAgeSeconds: keptSeconds, sameSite: 'Strict' })
}
