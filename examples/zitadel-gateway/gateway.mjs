// The application in front of a JWT provider: it knows its people, and hands Keybound a token for the person who is signed in to it.
// Plain Node, nothing from npm.
//   node examples/zitadel-gateway/gateway.mjs          PORT=5080  KEYBOUND=http://127.0.0.1:3000  HEADER=x-auth-token
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer } from 'node:http'
import process from 'node:process'

const port = Number(process.env.PORT ?? 5080)
const origin = process.env.ORIGIN ?? `http://127.0.0.1:${port}`
const callback = `${process.env.KEYBOUND ?? 'http://127.0.0.1:3000'}/idps/jwt`
const header = process.env.HEADER ?? 'x-auth-token'

/** Whose keys Keybound fetches at /keys. A real application keeps them. */
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = { ...publicKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' }

/** Who is signed in here: session → name. */
const sessions = new Map()

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, origin)
  if (pathname === '/keys') return send(response, 200, JSON.stringify({ keys: [key] }), 'application/json')
  if (pathname === '/login') return signIn(request, response, searchParams.get('back'))
  if (pathname === '/auth/jwt') return handOver(request, response)
  send(response, 404, 'There is nothing here.')
})

/** The page the provider calls `jwtEndpoint`. */
async function handOver(request, response) {
  const query = request.url.split('?')[1] ?? ''
  const name = sessions.get(/(?:^|; )gateway=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1])
  if (!name) return redirect(response, `/login?back=${encodeURIComponent(`/auth/jwt?${query}`)}`)

  // Only our own headers go on: a header of that name which the browser sent would be another party's statement.
  // Every parameter goes back as it came, and the answer goes to the browser unfollowed.
  const answer = await fetch(`${callback}?${query}`, { headers: { [header]: tokenFor(name) }, redirect: 'manual' })
  const location = answer.headers.get('location')
  if (location) return redirect(response, location)
  send(response, answer.status, await answer.text())
}

/** The sign-in of the application (passwords, smart cards, another provider), reduced to a name. */
async function signIn(request, response, back) {
  if (request.method !== 'POST') return send(response, 200, form, 'text/html; charset=utf-8')
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const name = new URLSearchParams(Buffer.concat(chunks).toString()).get('name')?.trim()
  if (!name) return redirect(response, request.url)
  const session = randomUUID()
  sessions.set(session, name)
  response.setHeader('set-cookie', `gateway=${session}; Path=/; HttpOnly; SameSite=Lax`)
  redirect(response, back?.startsWith('/auth/jwt?') ? back : '/login')
}

/** What Keybound judges: issuer, signature, a subject, and an age of at most an hour. */
function tokenFor(name) {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: origin, sub: name.toLowerCase(), name, aud: 'keybound', iat: now, exp: now + 60 }
  const input = [{ alg: 'ES256', typ: 'JWT', kid: key.kid }, claims].map(segment).join('.')
  return `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

const segment = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

const form = `<!doctype html><html lang="en"><title>Gateway</title>
<h1>Who are you?</h1>
<form method="post"><label>Name <input name="name" autofocus></label> <button>Sign in</button></form></html>`

const redirect = (response, location) => response.writeHead(302, { location }).end()

const send = (response, status, body, type = 'text/plain; charset=utf-8') =>
  response.writeHead(status, { 'content-type': type }).end(body)

server.listen(port, '127.0.0.1', () => {
  console.log(`The gateway is ready. Give the provider in Keybound these values:
  jwtEndpoint   ${origin}/auth/jwt
  issuer        ${origin}
  keysEndpoint  ${origin}/keys
  headerName    ${header}`)
})
