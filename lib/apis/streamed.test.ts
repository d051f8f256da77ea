import { afterEach, expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { Context } from '@/lib/services/context'
import { type Places, type Streamed, streamedJson } from './streamed'

const service = useService()
const open: Streamed[] = []
const begin = (ctx: Context, places?: Places) => {
  const body = streamedJson(ctx, (async function* () {})(), places)
  open.push(body)
  return body
}
afterEach(async () => {
  for (const { chunks } of open.splice(0)) await chunks.return?.()
})
const refusalOf = (ctx: Context, places?: Places) => {
  try {
    begin(ctx, places)
    return null
  } catch (error) {
    return error instanceof AppError ? error : null
  }
}
/** People who read, each of an organization of their own unless one is named. */
const reader = (organizationId = newId()): Context => ({
  ...service.context({ kind: 'user', id: newId(), name: 'reader', role: 'auditor', sessionId: '' }),
  organizationId,
})

test('exports of one actor leave places for those of others, and those of one organization for other organizations', async () => {
  const { ctx } = await service.person('auditor')
  const colleagues = [1, 2, 3].map(() => reader(service.organizationId))
  const [first] = [begin(ctx), begin(ctx)]
  expect(refusalOf(ctx)).toMatchObject({ kind: 'unavailable', reason: 'too_many_exports', retryAfterSeconds: 10 })
  expect(colleagues.map((colleague) => refusalOf(colleague)?.message)).toEqual([
    ...[undefined, undefined],
    '4 exports or verifications of your organization are under way; wait for one to end.',
  ])
  expect(refusalOf(reader())).toBeNull()
  await first?.chunks.next()
  expect(refusalOf(ctx)).toBeNull()
})

test('all together are bounded, and each that ends, fails or is left gives its place back once', async () => {
  for (let count = 1; count <= 12; count++) begin(reader())
  expect(refusalOf(reader())).toMatchObject({ reason: 'too_many_exports' })
  await open[0]?.chunks.return?.()
  await open[0]?.chunks.return?.()
  expect([refusalOf(reader()), refusalOf(reader())?.reason]).toEqual([null, 'too_many_exports'])
})

test('events are read although all places of exports are taken', async () => {
  for (let count = 1; count <= 12; count++) begin(reader())
  expect(refusalOf(reader(), 'tails')).toBeNull()
})

const ends: [what: string, end: (ctx: Context) => Promise<unknown>, reason: string][] = [
  ['was removed', ({ db, actor }) => db.membership.deleteMany({ where: { userId: idOf(actor) } }), 'not_signed_in'],
  ['was signed out', ({ db, actor }) => db.session.deleteMany({ where: { userId: idOf(actor) } }), 'not_signed_in'],
  [
    'has a lower role now',
    ({ db, actor }) => db.membership.updateMany({ where: { userId: idOf(actor) }, data: { role: 'no-access' } }),
    'role_too_low',
  ],
]
const idOf = (actor: Context['actor']) => ('id' in actor ? actor.id : '')

test.each(ends)('a body ends within a batch after its reader %s, and gives its place back', async (_, end, reason) => {
  const { ctx } = await service.person('auditor')
  let isLeft = false
  async function* endless() {
    try {
      for (let number = 1; ; number++) yield { number }
    } finally {
      isLeft = true
    }
  }
  const { chunks } = streamedJson(ctx, endless())
  expect((await chunks.next()).value).toBe('{"number":1}\n')
  await end(ctx)
  const further = async () => {
    for (let count = 0; count < 200; count++) await chunks.next()
  }
  await expect(further()).rejects.toMatchObject({ reason })
  expect(isLeft).toBe(true)
  expect([refusalOf(ctx), refusalOf(ctx)]).toEqual([null, null])
})
