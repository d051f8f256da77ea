import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/test'
import { unzipped } from '../fixtures/zip-files'
import { openPage } from './go-to'
import { inhabited } from './inhabited'

/** Chooses an item of the page's export menu, by keyboard, and answers the file that the browser saves. */
async function saved(page: Page, item: string, folder: string) {
  const menu = page.getByRole('button', { name: 'Export', exact: true }).first()
  await menu.focus()
  await page.keyboard.press('Enter')
  const choice = page.getByRole('menuitem', { name: item })
  await expect(choice).toBeVisible()
  const downloading = page.waitForEvent('download')
  await choice.press('Enter')
  const download = await downloading
  const file = path.join(folder, download.suggestedFilename())
  await download.saveAs(file)
  return { file, name: download.suggestedFilename(), bytes: await readFile(file) }
}

test('an evidence pack is saved by the browser and verified without the server', async ({
  dashboard: page,
  installation,
}, { outputDir }) => {
  const { id } = await inhabited(installation, 'packed')
  await inhabited(installation, 'not chosen')
  await expect
    .poll(async () => (await installation.api.get('/api/admin/audit-log')).body.unsealed, { timeout: 30_000 })
    .toBe(0)
  await page.goto(`/identities/${id}`)
  const { file, name, bytes } = await saved(page, 'Evidence pack (zip)', outputDir)
  expect(name).toMatch(/^keybound-evidence-\d{4}-\d\d-\d\d\.zip$/)
  const files = new Map(await unzipped(bytes))
  expect(files.get('trusts.ndjson')?.toString()).toContain('packed')
  expect(files.get('decisions.ndjson')?.toString().trim().split('\n')).toHaveLength(2)
  expect([...files.values()].some((content) => content.includes('not chosen'))).toBe(false)
  const keys = path.join(outputDir, 'keys.json')
  await writeFile(keys, (await installation.anonymous.get('/.well-known/keybound-evidence-keys.json')).text)
  const program = ['scripts/keybound.mjs', 'audit', 'verify', file, '--key', keys]
  const { stdout } = await promisify(execFile)(process.execPath, program)
  const { files: listed } = JSON.parse(files.get('manifest.json')?.toString() ?? '')
  expect(stdout).toContain(`Intact: ${listed.length} files`)
})

test('what a list shows is saved with its filter in each format, the tokens of an identity without their text', async ({
  dashboard: page,
  installation,
}, { outputDir }) => {
  const { id } = await inhabited(installation, 'listed')
  await page.goto('/activity?outcome=refused')
  const csv = (await saved(page, 'CSV', outputDir)).bytes.toString()
  expect(csv.split('\r\n')[0]).toContain('accepted')
  expect(csv).not.toContain(',true,')
  const events = (await saved(page, 'OCSF events', outputDir)).bytes.toString().trim().split('\n')
  expect(new Set(events.map((line) => JSON.parse(line).status_id))).toEqual(new Set([2]))
  await openPage(page, '/audit?action=identity')
  const entries = (await saved(page, 'NDJSON', outputDir)).bytes.toString().trim().split('\n')
  expect(new Set(entries.map((line) => JSON.parse(line).action))).toEqual(new Set(['identity.created']))
  await openPage(page, '/posture')
  expect((await saved(page, 'CSV', outputDir)).bytes.toString()).toMatch(/^trustId,trustName,/)

  await openPage(page, `/identities/${id}?tab=tokens`)
  await page.getByRole('tabpanel').getByRole('button', { name: 'Export' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'NDJSON' }).click()
  const file = path.join(outputDir, 'tokens.ndjson')
  await (await downloading).saveAs(file)
  const text = await readFile(file, 'utf8')
  expect(text.trim().split('\n')).toHaveLength(2)
  expect(text).not.toContain('eyJ')
})

/** Buttons that do something else than to be copied: an id or a digest is one that shows itself whole. */
const actsOn = (page: Page) => page.getByRole('button').filter({ hasNotText: /, copy$/ })

test('a decision and a change are printed whole: no navigation, nothing folded, exact times', async ({
  dashboard: page,
  installation,
}) => {
  const { id, reqId } = await inhabited(installation, 'printed')
  await page.goto(`/activity/${reqId}`)
  await expect(page.getByRole('button', { name: 'Print' })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('list', { name: 'Checks that passed' })).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(actsOn(page)).toHaveCount(0)
  await expect(page.getByText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/).first()).toBeVisible()
  // Black on white, from the dark theme too.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveClass(/\bdark\b/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('color', 'rgb(0, 0, 0)')
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })

  const { body } = await installation.api.get(`/api/admin/audit?targetId=${id}&action=identity.created`)
  await page.emulateMedia({ media: 'screen' })
  await openPage(page, `/audit/${body.entries[0].id}`)
  await expect(page.getByRole('heading', { name: 'What changed' })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: 'What changed' })).toBeVisible()
  await expect(page.getByText('printed').first()).toBeVisible()
  await expect(actsOn(page)).toHaveCount(0)
  // The entry as JSON is most of the paper, so it is printed where it was opened.
  const entry = page.getByRole('figure', { name: 'audit entry as JSON' })
  await expect(entry).toBeHidden()
  expect(await pagesOf(page)).toBe(1)
  await page.emulateMedia({ media: 'screen' })
  await page.getByText('Raw entry').click()
  await page.emulateMedia({ media: 'print' })
  await expect(entry).toBeVisible()
})

/** How many pages of A4 are printed. */
async function pagesOf(page: Page): Promise<number> {
  const document = (await page.pdf({ format: 'A4' })).toString('latin1')
  return document.match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
