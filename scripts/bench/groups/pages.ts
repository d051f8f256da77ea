import { gzipSync } from 'node:zlib'
import type { Bench } from '../bench'
import { credentials, onServer, startOurs } from '../keybound'
import { enrol, startKeyServer } from '../trusts'
import { signIn } from './lists'

/** JavaScript that a page loads before anything is done on it: the scripts its HTML names, each compressed by gzip. */
export async function pages(bench: Bench): Promise<void> {
  const keyServer = await startKeyServer(bench.pool)
  try {
    await onServer(startOurs({ database: 'sqlite', databasePid: null }), async (ours) => {
      await enrol(ours, 'static', 1, { pool: bench.pool, keyServer })
      const trust = await ours.db.trust.findFirstOrThrow()
      const [origin = ''] = ours.origins
      const cookie = await signIn(origin, credentials)
      const sizes = new Map<string, number>()
      const sizeOf = async (script: string) => {
        const known = sizes.get(script)
        if (known !== undefined) return known
        const size = gzipSync(Buffer.from(await (await fetch(`${origin}${script}`)).arrayBuffer())).length
        sizes.set(script, size)
        return size
      }
      const paths = {
        '/sign-in': '/sign-in',
        ...Object.fromEntries(signedInPages.map((path) => [path, path])),
        '/identities/[identityId]': `/identities/${trust.identityId}`,
        '/identities/[identityId]/jwt-auth': `/identities/${trust.identityId}/jwt-auth`,
      }
      for (const [name, path] of Object.entries(paths)) {
        const answer = await fetch(`${origin}${path}`, {
          headers: path === '/sign-in' ? {} : { cookie },
          redirect: 'manual',
        })
        const html = await answer.text()
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
        const scripts = new Set(scriptsOf(html))
        let bytes = 0
        for (const script of scripts) bytes += await sizeOf(script)
        bench.note({ group: 'pages', name, value: bytes / 1024, unit: 'KB' })
      }
    })
  } finally {
    await keyServer.server.stop()
  }
}

/** Scripts that a present browser loads: those for old ones (`nomodule`) it does not. */
const scriptsOf = (html: string) =>
  [...html.matchAll(/<script[^>]+>/g)].flatMap(([tag]) =>
    / nomodule/i.test(tag) ? [] : (/ src="([^"]+\.js[^"]*)"/.exec(tag)?.[1] ?? []),
  )

const signedInPages = [
  ...['/', '/activity', '/audit', '/identities', '/issuers', '/issuers/new', '/providers', '/providers/new'],
  ...['/identities/new', '/issuers/set-up', '/providers/set-up'],
  ...['/incidents', '/posture', '/key-sources', '/tester', '/settings', '/api-reference'],
]
