import { expect, test } from 'vitest'
import { type RulePage, ruleTexts } from './rule-texts'

/** A server of trusts with these ids, two a page. */
function serverOf(ids: readonly string[]) {
  const asked: RulePage[] = []
  const read = async (page: RulePage) => {
    asked.push(page)
    const { after, until } = page
    const left = ids.filter((id) => (after === null || id > after) && (until === null || id <= until))
    return JSON.stringify({ trusts: left.slice(0, 2), next: left.length > 2 ? left[1] : null })
  }
  return { asked, read, nextOf: async (text: string): Promise<string | null> => JSON.parse(text).next }
}

const trustsOf = (texts: readonly string[]) => texts.flatMap((text): string[] => JSON.parse(text).trusts)

test('every trust is read once, in the order of the ids, wherever the ids are', async () => {
  const spread = Array.from({ length: 16 }, (_, at) => `${at.toString(16)}1111111-1111-4111-8111-111111111111`)
  const atTheEdges = ['0', '3f', '4', '8', 'c', 'ff'].map(
    (start) => `${start.padEnd(8, '0')}-0000-4000-8000-000000000000`,
  )
  const inOnePart = Array.from({ length: 9 }, (_, at) => `9000000${at}-0000-4000-8000-000000000000`)
  for (const ids of [spread, atTheEdges.toSorted(), inOnePart, []]) {
    const { read, nextOf } = serverOf(ids)
    expect(trustsOf(await ruleTexts(read, nextOf))).toEqual(ids)
  }
})

test('parts are read side by side, the pages of each one after the other', async () => {
  const ids = Array.from({ length: 16 }, (_, at) => `${at.toString(16)}1111111-1111-4111-8111-111111111111`)
  const { asked, read, nextOf } = serverOf(ids)
  let release = () => {}
  const answering = new Promise<void>((resolve) => {
    release = resolve
  })
  const all = ruleTexts(async (page) => {
    const text = await read(page)
    await answering
    return text
  }, nextOf)
  expect(asked.map(({ until }) => until?.[0] ?? null)).toEqual(['4', '8', 'c', null])
  release()
  await all
  expect(asked).toHaveLength(8)
})

test('what one part fails with is thrown', async () => {
  const failing = ruleTexts(
    async ({ after }) => (after ? JSON.stringify({ next: null }) : Promise.reject(new Error('No connection.'))),
    async () => null,
  )
  await expect(failing).rejects.toThrow('No connection.')
})
