import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK } from 'jose'
import { createIssuer } from '../apis/issuer'

const signer = createIssuer()

/** An issuer on this machine with a discovery document. */
export async function startIssuer() {
  const server = createServer(async (request, response) => {
    const { port } = server.address() as AddressInfo
    const origin = `http://127.0.0.1:${port}`
    const body = request.url?.startsWith('/.well-known')
      ? { issuer: origin, jwks_uri: `${origin}/jwks`, id_token_signing_alg_values_supported: ['ES256'] }
      : { keys: [{ ...(await exportJWK(signer.publicKey)), alg: 'ES256', use: 'sig' }] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const iss = `http://127.0.0.1:${port}`
  return {
    iss,
    token: (claims: object = {}) => signer.token({ iss, aud: 'keybound', sub: 'build-agent', ...claims }),
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
