// Takes the pictures of the README from the demo: npx tsx scripts/screenshots.ts [name …]
//   1440 × 900, light and dark, into public/screenshots · 390 × 844 into .cache/screenshots, for review
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { z } from 'zod'
import { chromiumArguments, chromiumPath } from '@/e2e/fixtures/chromium'
import { freePort } from '@/e2e/fixtures/free-port'
import { people } from './demo/people'

const root = path.resolve(import.meta.dirname, '..')
const published = path.join(root, 'public/screenshots')
const reviewed = path.join(root, '.cache/screenshots')
const sizeBytesMax = 250_000

type Demo = { child: ChildProcess; baseUrl: string; goodToken: string; refusedToken: string }
type Picture = { name: string; show: (page: Page, demo: Demo) => Promise<void> }

/** Every picture: its name, and how to get there once signed in. */
const pictures: Picture[] = [
  { name: 'overview', show: showOverview },
  { name: 'identities', show: (page) => openJudged(page, '/identities') },
  { name: 'identity', show: async (page) => open(page, `/identities/${await idOf(page, 'payments-deployer')}`) },
  { name: 'trust', show: showTrust },
  { name: 'issuer', show: async (page) => open(page, await firstOf(page, '/issuers')) },
  { name: 'provider', show: async (page) => open(page, await firstOf(page, '/providers')) },
  { name: 'key-source', show: async (page) => open(page, await firstOf(page, '/key-sources', 'id.stream')) },
  { name: 'activity', show: (page) => open(page, '/activity') },
  { name: 'decision', show: async (page) => open(page, `/activity/${await refusedDecision(page)}`) },
  { name: 'audit', show: (page) => open(page, '/audit') },
  { name: 'change', show: async (page) => open(page, `/audit/${await changedTrust(page)}`) },
  { name: 'tester', show: showTester },
  { name: 'reference', show: (page) => open(page, '/api-reference') },
  { name: 'settings', show: (page) => open(page, '/settings') },
]

const looks = [
  { suffix: 'light', folder: published, colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { suffix: 'dark', folder: published, colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { suffix: 'phone', folder: reviewed, colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const

async function takeAll(demo: Demo, names: string[]) {
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments })
  for (const { suffix, folder, ...look } of looks) {
    mkdirSync(folder, { recursive: true })
    const context = await browser.newContext({
      ...look,
      baseURL: demo.baseUrl,
      reducedMotion: 'reduce',
      locale: 'en-GB',
    })
    const page = await signIn(context)
    for (const { name, show } of pictures.filter((picture) => names.length === 0 || names.includes(picture.name))) {
      await show(page, demo)
      const file = path.join(folder, `${name}-${suffix}.png`)
      await page.screenshot({ path: file, animations: 'disabled' })
      const { size } = statSync(file)
      console.log(`${path.relative(root, file)} ${Math.round(size / 1000)} kB`)
      if (size > sizeBytesMax) console.warn(`  larger than ${sizeBytesMax / 1000} kB`)
    }
    await context.close()
  }
  await browser.close()
}

/** The demo as `npm run demo` starts it; it prints its URL and a token to try. */
async function startDemo(): Promise<Demo> {
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/start.mjs', '--demo'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), PUBLIC_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8')
  while (!output.includes('Keybound is ready')) {
    const [chunk] = await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
    if (typeof chunk !== 'string')
      throw new Error(`The demo ended (${chunk ?? 'by a signal'}) before it was ready:\n${output}`)
    output += chunk
  }
  child.stdout.resume()
  const tokens = [...output.matchAll(/"jwt":"([^"]+)"/g)].map(([, token]) => token ?? '')
  return { child, baseUrl: `http://127.0.0.1:${port}`, goodToken: tokens[0] ?? '', refusedToken: tokens[1] ?? '' }
}

async function signIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('Email address').fill(people.admin.email)
  await page.getByLabel('Password', { exact: true }).fill(people.admin.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return page
}

async function open(page: Page, place: string) {
  await page.goto(place)
  await settled(page)
}

/** Opens a page again until every trust on it has been judged, which a server does beside its other work. */
async function openJudged(page: Page, place: string) {
  do await open(page, place)
  while ((await page.getByText(/being judged|^…$/).count()) > 0)
}

/** The overview, once incidents are made of the demo's logins, which a server does beside its other work, too. */
async function showOverview(page: Page) {
  do await openJudged(page, '/')
  while ((await page.getByRole('list', { name: 'Incidents' }).count()) === 0)
}

/** The trust editor, with a token that was signed for another branch in the tester. */
async function showTrust(page: Page, { refusedToken }: Demo) {
  await open(page, `/identities/${await idOf(page, 'payments-deployer')}/jwt-auth`)
  const tab = page.getByRole('tab', { name: 'Tester' })
  if (await tab.isVisible()) await tab.click()
  await pasteToken(page, refusedToken, 'Verdict')
  await page.getByText('The claim "ref" is not one this trust accepts.').last().scrollIntoViewIfNeeded()
}

async function showTester(page: Page, { goodToken }: Demo) {
  await open(page, '/tester')
  await pasteToken(page, goodToken, 'Result')
}

/** Pastes a token and waits until the status of that name says something. */
async function pasteToken(page: Page, token: string, status: string) {
  await page.getByPlaceholder('eyJhbGciOi…').first().fill(token)
  await page
    .getByRole('status', { name: status })
    .getByText(/refused|payments|trust/i)
    .first()
    .waitFor()
  await page.locator(':focus').blur()
  await settled(page)
}

/** Nothing is fetched any more, nothing is a placeholder, and the fonts are there. */
async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await page.locator('[aria-busy="true"], [role="progressbar"], .animate-pulse').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
}

const Identities = z.object({ identities: z.array(z.object({ id: z.string(), name: z.string() })) })
const Decisions = z.object({ decisions: z.array(z.object({ id: z.string() })) })

async function idOf(page: Page, name: string): Promise<string> {
  const answer = await page.request.get(`/api/admin/identities?search=${name}`)
  const found = Identities.parse(await answer.json()).identities.find((identity) => identity.name === name)
  if (!found) throw new Error(`The demo has no identity called ${name}.`)
  return found.id
}

/** Where the first row of a list leads that says these words. */
async function firstOf(page: Page, list: string, words = ''): Promise<string> {
  await open(page, list)
  const href = await page.locator('table a[href]').filter({ hasText: words }).first().getAttribute('href')
  if (!href) throw new Error(`The demo has nothing at ${list}.`)
  return href
}

async function refusedDecision(page: Page): Promise<string> {
  const identityId = await idOf(page, 'payments-deployer')
  const answer = await page.request.get(`/api/admin/decisions?accepted=false&identityId=${identityId}&limit=1`)
  const [first] = Decisions.parse(await answer.json()).decisions
  if (!first) throw new Error('The demo has no refused login of payments-deployer.')
  return first.id
}

const Entries = z.object({ entries: z.array(z.object({ id: z.string() })) })

async function changedTrust(page: Page): Promise<string> {
  const answer = await page.request.get('/api/admin/audit?action=trust.updated&search=ci-release-bot&limit=1')
  const [first] = Entries.parse(await answer.json()).entries
  if (!first) throw new Error('The demo has no change of ci-release-bot.')
  return first.id
}

const demo = await startDemo()
try {
  await takeAll(demo, process.argv.slice(2))
} finally {
  demo.child.kill('SIGTERM')
  await once(demo.child, 'exit')
}
