import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { Addresses, addAddress, addressesMax, addToSpark, Spark } from './incident'

const hour = 3_600_000
const start = Date.parse('2026-06-01T12:00:00.000Z')

test('a spark line keeps every refusal, in at most 48 steps that hold its first and last, in whatever order they come', () => {
  const event = fc.record({ ms: fc.integer({ min: 0, max: 90 * 24 * hour }), count: fc.integer({ min: 1, max: 500 }) })
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (events) => {
      let spark: Spark | null = null
      for (const { ms, count } of events) spark = Spark.parse(addToSpark(spark, start + ms, count))
      if (!spark) throw new Error('none')
      const { counts, fromMs, stepSeconds } = spark
      expect(counts.reduce((sum, count) => sum + count)).toBe(events.reduce((sum, { count }) => sum + count, 0))
      const end = fromMs + counts.length * stepSeconds * 1000
      for (const { ms } of events) expect(start + ms >= fromMs && start + ms < end).toBe(true)
      expect([counts[0], counts.at(-1)]).not.toContain(0)
    }),
    { numRuns: propertyRuns(100) },
  )
})

test('addresses are listed up to a number, with their counts, and further ones are known to be there', () => {
  let addresses: Addresses = { listed: [], isMore: false }
  for (let n = 0; n < addressesMax; n++) addresses = addAddress(addresses, `192.0.2.${n}`, 1)
  addresses = addAddress(addAddress(addresses, '192.0.2.7', 5), null, 3)
  expect(addresses.isMore).toBe(false)
  expect(addresses.listed).toHaveLength(addressesMax)
  expect(addresses.listed[7]).toEqual({ ip: '192.0.2.7', count: 6 })
  addresses = Addresses.parse(addAddress(addresses, '198.51.100.1', 1))
  expect(addresses).toMatchObject({ isMore: true })
  expect(addresses.listed).toHaveLength(addressesMax)
})
