import { createServer, type IncomingMessage } from 'node:http'
import { generateKeyPair, importSPKI, jwtVerify, SignJWT } from 'jose'
import { announce } from './announce'

/*
 * The least that a login can be with usual means: read JSON, verify a token (RS256), sign another (ES256), answer JSON. It looks
 * nothing up, applies no rules and stores nothing.
 */

const [pem = '', issuer = '', audience = ''] = process.argv.slice(2)
const trusted = await importSPKI(pem, 'RS256')
const { privateKey } = await generateKeyPair('ES256')

const server = createServer(async (request, response) => {
  const send = (status: number, body: object) => {
    const text = JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  }
  try {
    const { identityId, jwt } = JSON.parse(await textOf(request))
    const { payload } = await jwtVerify(jwt, trusted, { issuer, audience, algorithms: ['RS256'] })
    const accessToken = await new SignJWT({ subject: payload.sub })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuer('http://127.0.0.1')
      .setSubject(identityId)
      .setAudience('http://127.0.0.1')
      .setIssuedAt()
      .setExpirationTime('15m')
      .setJti(crypto.randomUUID())
      .sign(privateKey)
    send(200, { accessToken, expiresIn: 900, accessTokenMaxTTL: 3600, tokenType: 'Bearer' })
  } catch (error) {
    send(401, { message: String(error) })
  }
})

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

announce(server)
