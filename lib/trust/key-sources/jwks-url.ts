import { z } from 'zod'
import { defineKeySource } from './key-source'

/** An absolute http or https URL without credentials. The guard in lib/net decides whether it may be fetched. */
export const remoteUrl = (example: string) =>
  z
    .url({ protocol: /^https?$/, error: `Give a full URL, for example ${example}` })
    .max(2048)
    .refine((value) => !/^[a-z]+:\/\/[^/?#]*@/i.test(value), 'A URL must not carry a user name or password')

/** Where a key set is. */
export const RemoteUrl = remoteUrl('https://issuer.example.com/.well-known/jwks.json')

/** PEM certificate(s) to trust for this source's TLS; '' = the system's. */
export const CaCertificate = z.string().max(65_536).default('')

/** Keys published as a JSON Web Key Set (RFC 7517 §5). */
export const jwksUrl = defineKeySource({
  kind: 'jwks-url',
  title: 'JWKS URL',
  schema: z.object({ kind: z.literal('jwks-url'), url: RemoteUrl, caCert: CaCertificate }),
})
