import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { postureRules } from '@/lib/trust/posture/rules'
import { posturePage } from './posture-page'

const page = readFileSync(path.resolve(import.meta.dirname, '../docs/posture.md'), 'utf8')

test('the page of posture rules is up to date', async () => {
  expect(page, 'Run: npx tsx scripts/write-posture-page.ts').toBe(await posturePage())
})

test('every rule has an anchor on the page, and every id from L01 to L58 is a rule or is explained', () => {
  for (const { id } of postureRules) expect(page).toMatch(new RegExp(`^## ${id}$`, 'm'))
  const ids = Array.from({ length: 58 }, (_, at) => `L${String(at + 1).padStart(2, '0')}`)
  expect(ids.filter((id) => !page.includes(`## ${id}\n`) && !page.includes(`**${id}** `))).toEqual([])
})
