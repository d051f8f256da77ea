import { z } from 'zod'
import { jwksUrl } from '@/lib/trust/key-sources/jwks-url'
import { oidcDiscovery } from '@/lib/trust/key-sources/oidc-discovery'

/** A source to fetch keys from. In the body, so that access logs hold no URLs and certificates. */
export const KeyLookupInput = z.strictObject({
  source: z.discriminatedUnion('kind', [jwksUrl.schema, oidcDiscovery.schema]),
  /** Fetch now, past the cache. */
  fresh: z.boolean().default(false),
  /** No known key verifies a token: fetch as often as a login with it would. */
  isKeyMissing: z.boolean().default(false),
})
export type KeyLookupInput = z.input<typeof KeyLookupInput>

const Keys = z.array(z.record(z.string(), z.any()))

/** Entries of the set that are not keys, counted from 1. */
const Ignored = z.array(z.object({ entry: z.number(), problem: z.string() }))

const Failure = z.object({
  status: z.literal('unavailable'),
  reason: z.string(),
  message: z.string(),
  fix: z.string(),
  /** From a discovery document that was read although its keys are unavailable. */
  issuer: z.string().optional(),
  /** Keys of a set without a usable one. */
  keys: Keys.optional(),
  ignored: Ignored.optional(),
})

/** Times in epoch seconds. */
export const CertificateAnswer = z.object({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.number(),
  notAfter: z.number(),
  fingerprint: z.string(),
})

export const KeyLookupAnswer = z.object({
  keySet: z.discriminatedUnion('status', [
    z.object({
      status: z.literal('ok'),
      keys: Keys,
      /** Epoch seconds. */
      fetchedAt: z.number().nullable(),
      stale: z.object({ since: z.number(), reason: z.string(), message: z.string() }).nullable(),
      issuer: z.string().optional(),
      ignored: Ignored.optional(),
    }),
    Failure,
  ]),
  latencyMs: z.number(),
  tls: CertificateAnswer.extend({ protocol: z.string(), chain: z.array(CertificateAnswer) }).optional(),
  discovery: z.object({ issuer: z.string(), jwksUri: z.string(), algorithms: z.array(z.string()) }).optional(),
  inspected: z.array(
    z.object({
      kid: z.string().nullable(),
      alg: z.string().nullable(),
      use: z.string().nullable(),
      /** "RSA 2048"; null when the key cannot be used. */
      label: z.string().nullable(),
      fingerprint: z.string().nullable(),
      problem: z.string().nullable(),
    }),
  ),
})
export type KeyLookupAnswer = z.output<typeof KeyLookupAnswer>
