// A token of the issuer that server.mjs plays, good for five minutes. Claims can be given: token.mjs sub=another aud=other
import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const folder = process.env.FOLDER ?? '.cache/jwks-over-tls'
const key = createPrivateKey(readFileSync(path.join(folder, 'signing-key.pem')))
const now = Math.floor(Date.now() / 1000)
const given = Object.fromEntries(process.argv.slice(2).map((pair) => pair.split(/=(.*)/s)))
const claims = { iss: `https://127.0.0.1:${process.env.PORT ?? 5443}`, aud: 'keybound', sub: 'builder', ...given }

const segment = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const header = { alg: 'RS256', typ: 'JWT', kid: 'example-1' }
const signed = `${segment(header)}.${segment({ ...claims, iat: now, exp: now + 300 })}`
console.log(`${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`)
