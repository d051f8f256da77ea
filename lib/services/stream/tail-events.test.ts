import { expect, test } from 'vitest'
import { act, adopt, sealAll } from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import { headSeqOf } from './stream-row'
import { type TailLine, tailEvents } from './tail-events'

const service = useService()

test('events that come while events are read are for the next request', async () => {
  const { db, organizationId } = service
  const { ctx } = await service.person('auditor')
  await adopt(db)
  const acts = async (count: number) => {
    for (let n = 1; n <= count; n++) await act(db, organizationId, `project ${n}`)
    await sealAll(db)
  }
  await acts(130)
  const head = await headSeqOf(db, organizationId)
  const lines: TailLine[] = []
  for await (const line of tailEvents(ctx, { after: 0, limit: 10_000 })) {
    // As many as were read come anew, so that it would never end.
    if (lines.length === 0) await acts(50)
    lines.push(line)
  }
  const acted = lines.filter((line) => 'type' in line)
  expect(Math.max(...acted.map(({ data }) => data.log.seq))).toBeLessThanOrEqual(head)
  expect(lines.at(-1)).toEqual({ cursor: head, isEnd: true })
  const rest: TailLine[] = []
  for await (const line of tailEvents(ctx, { after: head })) rest.push(line)
  expect(rest).toHaveLength(51)
})
