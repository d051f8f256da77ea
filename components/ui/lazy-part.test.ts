import { expect, test, vi } from 'vitest'
import { lazyPart } from './lazy-part'

test('a part is loaded once, however often it is asked for, and is there from then on', async () => {
  const load = vi.fn(async () => ({ name: 'menu' }))
  const part = lazyPart(load)
  expect(part.current()).toBe(null)
  const [one, other] = await Promise.all([part.load(), part.load()])
  expect(one).toBe(other)
  expect(part.current()).toBe(one)
  expect(load).toHaveBeenCalledOnce()
})

test('a load that failed is tried again', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new TypeError('offline')).mockResolvedValue('menu')
  const part = lazyPart(load)
  await expect(part.load()).rejects.toThrow('offline')
  expect(part.current()).toBe(null)
  await expect(part.load()).resolves.toBe('menu')
})
