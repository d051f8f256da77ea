import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { formerSecretHours } from '@/lib/model/stream'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { seal, unseal } from '../installation/seal'

/* Signing secrets as Standard Webhooks has them: `whsec_` and the base64 of the key, which is 24 to 64 bytes. */

const prefix = 'whsec_'
const secretBytes = 32

const Secrets = z.array(z.object({ value: z.string().startsWith(prefix), until: z.iso.datetime().nullable() })).min(1)
type Secrets = z.output<typeof Secrets>

export const newStreamSecret = () => `${prefix}${toBase64(crypto.getRandomValues(new Uint8Array(secretBytes)))}`

/** A secret as it is stored. @param former the stored text of those that sign beside it for a day */
export async function sealStreamSecret(value: string, now: Date, former?: string): Promise<string> {
  const until = new Date(now.getTime() + formerSecretHours * 3_600_000).toISOString()
  const [last] = former === undefined ? [] : ((await openSecrets(former)) ?? [])
  const secrets: Secrets = [{ value, until: null }, ...(last ? [{ value: last.value, until }] : [])]
  return seal('stream', JSON.stringify(secrets))
}

/** The secrets that sign now; null where they cannot be opened. */
export async function signingSecrets(sealed: string, now: Date): Promise<string[] | null> {
  const secrets = await openSecrets(sealed)
  return secrets?.filter(({ until }) => until === null || new Date(until) > now).map(({ value }) => value) ?? null
}

const openSecrets = async (sealed: string) => storedOrNull(await unseal('stream', sealed).catch(() => null), Secrets)

/** Headers by which a receiver knows a message, and that it is ours (Standard Webhooks 1.0: HMAC-SHA-256 over id, time and body). */
export async function signatureHeaders(
  secrets: readonly string[],
  { id, at, body }: { id: string; at: Date; body: string },
): Promise<Record<string, string>> {
  const timestamp = toEpochSeconds(at)
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const signatures = await Promise.all(secrets.map((secret) => signatureOf(secret, signed)))
  return {
    'webhook-id': id,
    'webhook-timestamp': `${timestamp}`,
    'webhook-signature': signatures.map((signature) => `v1,${signature}`).join(' '),
  }
}

async function signatureOf(secret: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = Uint8Array.from(atob(secret.slice(prefix.length)), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes)))
}

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
