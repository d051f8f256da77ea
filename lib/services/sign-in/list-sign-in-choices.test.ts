import { describe, expect, test } from 'vitest'
import { listSignInChoices } from './list-sign-in-choices'

const row = (index: number, isOffered: boolean) => ({
  id: String(index),
  name: `provider ${index}`,
  kind: 'sign-in',
  options: JSON.stringify({ jwtEndpoint: 'https://gateway.example/jwt', isOffered }),
})

/** A database with these rows in order; counts what is read. */
function rowsOf(rows: ReturnType<typeof row>[]) {
  let read = 0
  const findMany = async ({ skip, take }: { skip: number; take: number }) => {
    const page = rows.slice(skip, skip + take)
    read += page.length
    return page
  }
  const ctx = { db: { trust: { findMany } } } as unknown as Parameters<typeof listSignInChoices>[0]
  return { ctx, read: () => read }
}
const named = async (rows: ReturnType<typeof row>[]) =>
  (await listSignInChoices(rowsOf(rows).ctx)).map(({ id }) => Number(id))

const crowd = (count: number, isOffered = false) => Array.from({ length: count }, (_, index) => row(index, isOffered))

describe('offered trusts are found', () => {
  test.each([0, 1, 199, 200, 201, 399, 400, 4999])('behind %i that are not', async (before) => {
    expect(await named([...crowd(before), row(before, true)])).toEqual([before])
  })

  test('on several pages, in order', async () => {
    const rows = crowd(600).map((_, index) => row(index, index % 100 === 99))
    expect(await named(rows)).toEqual([99, 199, 299, 399, 499, 599])
  })

  test('an absent value stays absent', async () => {
    expect(await named([])).toEqual([])
    expect(await named(crowd(200))).toEqual([])
  })
})

describe('what a caller without credentials can read is bounded', () => {
  test('fifty are shown, and no page more is read than it takes', async () => {
    const { ctx, read } = rowsOf(crowd(1000, true))
    expect((await listSignInChoices(ctx)).map(({ id }) => Number(id))).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect(read()).toBe(200)
  })

  test('five thousand rows are looked through, not more', async () => {
    const { ctx, read } = rowsOf([...crowd(50_000), row(50_000, true)])
    expect(await listSignInChoices(ctx)).toEqual([])
    expect(read()).toBe(5000)
  })
})
