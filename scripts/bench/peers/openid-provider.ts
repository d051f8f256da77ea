import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import Provider from 'oidc-provider'
import { announce } from './announce'

/*
 * oidc-provider with its in-memory adapter: a client proves itself by a JWT (`private_key_jwt`, RS256) and gets an access token
 * that is a JWT, by RS256 or ES256 as the resource it asks for wants it.
 */

const [clientId = '', clientKey = '', issuer = ''] = process.argv.slice(2)
const keys = await Promise.all((['RS256', 'ES256'] as const).map(newKey))

const provider = new Provider(issuer, {
  jwks: { keys },
  clients: [
    {
      client_id: clientId,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      jwks: { keys: [JSON.parse(clientKey)] },
    },
  ],
  ttl: { ClientCredentials: 900 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_: unknown, resource: string) => ({
        scope: 'deploy',
        audience: resource,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: resource.endsWith('rs256') ? 'RS256' : 'ES256' } },
      }),
    },
  },
})

async function newKey(alg: 'RS256' | 'ES256'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: alg, alg, use: 'sig' }
}

announce(createServer(provider.callback()))
