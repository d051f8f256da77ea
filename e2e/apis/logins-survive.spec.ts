import { afterAll, beforeAll, expect, test } from 'vitest'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

// The server is killed while logins are on their way: what was answered is on record, and nothing is there in part.

let here: Installation
let id: string
const issuer = createIssuer()
beforeAll(async () => {
  here = await install({}, { own: true })
  id = await attached(here, { publicKeys: [issuer.pem] })
})
afterAll(() => here.stop())

test('every login that was answered before kill −9 has its decision and its token, and no token lacks a decision', async () => {
  const answered: { requestId: string; token: string | null }[] = []
  let isKilled = false
  const workers = Array.from({ length: 25 }, async (_, worker) => {
    while (!isKilled) {
      // Every fifth is refused, each by a cause of its own caller.
      const token = worker % 5 === 0 ? `${issuer.token()}x` : issuer.token()
      const answer = await login(here.anonymous, id, token).catch(() => null)
      const requestId = answer?.headers.get('x-request-id')
      if (!answer || !requestId || answer.status === 429) return
      answered.push({ requestId, token: answer.status === 200 ? answer.body.accessToken : null })
      // In the middle of its work.
      if (answered.length >= 150) isKilled = true
    }
  })
  const crashing = (async () => {
    while (!isKilled) await new Promise((resolve) => setImmediate(resolve))
    await here.keybound.crash()
  })()
  await Promise.all(workers)
  await crashing

  const accepted = answered.filter(({ token }) => token !== null)
  expect(accepted.length).toBeGreaterThan(50)
  for (const { requestId, token } of accepted) {
    const decision = await here.db.decision.findUnique({ where: { id: requestId } })
    expect(decision).toMatchObject({ accepted: true })
    const stored = await here.db.accessToken.findUnique({ where: { id: decision?.accessTokenId ?? '' } })
    const { jti } = JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString())
    expect(stored?.id).toBe(jti)
  }
  const refused = answered.filter(({ token }) => token === null)
  expect(refused.length).toBeGreaterThan(0)
  for (const { requestId } of refused) {
    // One that was counted into a row shares the beginning of its id (lib/ids.ts).
    const row = await here.db.decision.findFirst({ where: { id: { startsWith: requestId.slice(0, 14) } } })
    expect(row).toMatchObject({ accepted: false })
  }
  const tokens = await here.db.accessToken.findMany({ where: { identityId: id }, select: { id: true } })
  const decisions = await here.db.decision.findMany({ where: { identityId: id, accepted: true } })
  expect(decisions.map(({ accessTokenId }) => accessTokenId).sort()).toEqual(tokens.map((row) => row.id).sort())
  const counted = await here.db.$queryRaw<{ n: number | bigint }[]>`
    SELECT coalesce((SELECT sum("count") FROM "UncountedDecision" WHERE "accepted"), 0)
         + coalesce((SELECT sum("count") FROM "DecisionDay" WHERE "accepted"), 0) AS n`
  expect(Number(counted[0]?.n)).toBe(decisions.length)
})
