// An issuer on this machine: publishes its key set over TLS with a certificate of its own authority. Plain Node and openssl.
//   node examples/jwks-over-tls/server.mjs [folder]          PORT=5443
import { execFileSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import path from 'node:path'

const folder = process.argv[2] ?? '.cache/jwks-over-tls'
const port = Number(process.env.PORT ?? 5443)
const origin = `https://127.0.0.1:${port}`
const file = (name) => path.join(folder, name)

/** So little that it needs nothing of the machine's own openssl.cnf. */
const authority = `[req]
distinguished_name = name
x509_extensions = authority
prompt = no
[name]
CN = Example CA
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
`

makeOnce()
const publicKey = createPublicKey(readFileSync(file('signing-key.pem')))
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'example-1', use: 'sig', alg: 'RS256' }
const documents = {
  '/jwks.json': { keys: [jwk] },
  '/.well-known/openid-configuration': { issuer: origin, jwks_uri: `${origin}/jwks.json` },
}

createServer({ key: readFileSync(file('tls-key.pem')), cert: readFileSync(file('tls.pem')) }, (request, response) => {
  const found = documents[request.url]
  console.log(`${request.method} ${request.url} ${found ? 200 : 404}`)
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}))
}).listen(port, '127.0.0.1', () => {
  console.log(`Key set       ${origin}/jwks.json
CA certificate ${file('ca.pem')}
Sign a token with  node examples/jwks-over-tls/token.mjs`)
})

/** An authority, a certificate it signed for this server, and the key that signs tokens; kept for the next start. */
function makeOnce() {
  if (existsSync(file('signing-key.pem'))) return
  mkdirSync(folder, { recursive: true })
  const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout']
  writeFileSync(file('ca.cnf'), authority)
  writeFileSync(file('tls.ext'), 'basicConstraints=CA:FALSE\nsubjectAltName=IP:127.0.0.1,DNS:localhost\n')
  openssl(
    'req',
    '-x509',
    ...newKey,
    file('ca-key.pem'),
    '-out',
    file('ca.pem'),
    '-days',
    '30',
    '-config',
    file('ca.cnf'),
  )
  openssl(
    'req',
    ...newKey,
    file('tls-key.pem'),
    '-out',
    file('tls.csr'),
    '-subj',
    '/CN=127.0.0.1',
    '-config',
    file('ca.cnf'),
  )
  const by = ['-CA', file('ca.pem'), '-CAkey', file('ca-key.pem'), '-CAcreateserial', '-extfile', file('tls.ext')]
  openssl('x509', '-req', '-in', file('tls.csr'), '-out', file('tls.pem'), '-days', '30', ...by)
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', file('signing-key.pem'))
}
