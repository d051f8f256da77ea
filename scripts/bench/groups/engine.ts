import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'esbuild'
import { chromiumArguments, chromiumPath } from '@/e2e/fixtures/chromium'
import type { Bench } from '../bench'
import { type EngineResult, runEngineCases } from '../engine-cases'

/** The engine alone, in this process and in Chromium. */
export async function engine(bench: Bench): Promise<void> {
  const msPerCase = bench.isQuick ? 300 : 5_000
  const inNode = await runEngineCases(msPerCase)
  const inChromium = await runInChromium(msPerCase)
  for (const [where, results] of Object.entries({ Node: inNode, Chromium: inChromium })) {
    for (const { name, ms } of results)
      bench.note({ group: 'engine', name: `${where}: ${name}`, value: ms, unit: 'ms' })
  }
}

async function runInChromium(msPerCase: number): Promise<EngineResult[]> {
  const script = await bundled()
  // WebCrypto needs a page of this machine or of https.
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>bench</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.addScriptTag({ content: script })
    return await page.evaluate<EngineResult[], number>(
      (ms) => Reflect.get(globalThis, 'bench').runEngineCases(ms),
      msPerCase,
    )
  } finally {
    await browser.close()
    server.close()
  }
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../engine-cases.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', globalName: 'bench', platform: 'browser', target: 'es2022' },
    ...{ minify: true, logLevel: 'warning' },
  })
  return outputFiles[0]?.text ?? ''
}
