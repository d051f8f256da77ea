// Receives a stream of Keybound (docs/streams.md): verifies each request as Standard Webhooks describes it, and prints the events that are new.
//   WEBHOOK_SECRET=whsec_… node examples/webhook-receiver/receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const { WEBHOOK_SECRET = '', PORT = '4000' } = process.env
if (!WEBHOOK_SECRET.startsWith('whsec_')) {
  console.error('Set WEBHOOK_SECRET to the secret of the stream: whsec_…')
  process.exit(2)
}
const key = Buffer.from(WEBHOOK_SECRET.slice('whsec_'.length), 'base64')
const toleranceSeconds = 300
const bodyBytesMax = 1024 * 1024

/** Ids of the last events, to know those that come again. Keep them with what you make of the events, or make the id a key there. */
const known = new Set()
const knownMax = 10_000
/** Numbers show only that events are missing: an admin left them out, or a backup was restored. */
let last = 0

const server = createServer(async (request, response) => {
  const body = await read(request)
  if (body === null || !isSigned(request.headers, body)) return response.writeHead(401).end()
  for (const event of [JSON.parse(body.toString())].flat()) {
    // One that was received before is sent again where our answer did not arrive.
    if (known.has(event.id)) continue
    const number = Number(event.sequence)
    if (last > 0 && number > last + 1) console.error(`Events ${last + 1} to ${number - 1} are missing.`)
    console.log(`${event.time} ${event.type} ${event.subject}`)
    known.add(event.id)
    if (known.size > knownMax) known.delete(known.values().next().value)
    if (event.sequence !== undefined) last = number
  }
  // Only now the events count as delivered.
  response.writeHead(204).end()
})
server.listen(Number(PORT), '127.0.0.1', () => console.log(`Listening at http://127.0.0.1:${server.address().port}`))

function isSigned(headers, body) {
  const timestamp = Number(headers['webhook-timestamp'])
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= toleranceSeconds)) return false
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${timestamp}.`).update(body).digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
}

async function read(request) {
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
