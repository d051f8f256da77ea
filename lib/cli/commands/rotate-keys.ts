import type { Db } from '@/lib/db/client'
import type { Acting } from '@/lib/services/context'
import { defineCommand, WrongUsage } from '../command'

export const rotateKeys = defineCommand({
  name: 'rotate-keys',
  summary: 'Replace the key that signs access tokens, or the secret of the installation, while servers run',
  details: `The new key signs at once, and servers take it up within seconds. Tokens signed by former keys are accepted,
and their keys published, until the last of them ends.
With --secret: everything that is sealed with KEYBOUND_PREVIOUS_SECRET is sealed with KEYBOUND_SECRET, all of it
or nothing. Start servers with both before, and without KEYBOUND_PREVIOUS_SECRET afterwards.`,
  operands: [],
  options: {
    'publish-first': {
      ...{ type: 'string', value: 'MINUTES' },
      about: 'publish the new key so long before it signs, for verifiers that cache the key set',
    },
    'end-tokens': {
      type: 'boolean',
      about: 'end every access token that was issued before, as after a theft of the key',
    },
    secret: { type: 'boolean', about: 'change the secret of the installation instead' },
  },
  async run({ options }, { print }) {
    const minutes = minutesOf(options['publish-first'])
    const { secret = false, 'end-tokens': endsTokens = false } = options
    if (secret && (endsTokens || minutes > 0)) throw new WrongUsage('--secret goes with no other option.')
    if (endsTokens && minutes > 0) throw new WrongUsage('Give either --publish-first or --end-tokens.')
    const { env } = await import('@/lib/env')
    const { connect } = await import('@/lib/db/client')
    const { requireMigrated } = await import('@/lib/db/migrate')
    const { systemActing } = await import('@/lib/services/context')
    const settings = env()
    const former = settings.KEYBOUND_PREVIOUS_SECRET
    if (secret && former === undefined) {
      throw new WrongUsage('Set KEYBOUND_PREVIOUS_SECRET to the present secret, and KEYBOUND_SECRET to the new one.')
    }
    await requireMigrated(settings.DATABASE_URL)
    const db = connect(settings.DATABASE_URL)
    const acting = { ...systemActing('Command line', new Date()), db }
    try {
      if (former !== undefined && secret) print(await changeSecret(acting, former))
      else {
        const { rotateSigningKey } = await import('@/lib/services/installation/rotate-signing-key')
        const { requireSigningKey } = await import('@/lib/services/installation/require-signing-key')
        await requireSigningKey(db, settings)
        const { kid, signsFrom } = await rotateSigningKey(acting, { publishedFirstSeconds: minutes * 60, endsTokens })
        print(`The signing key ${kid} signs from ${signsFrom.toISOString()}.`)
      }
      return 0
    } finally {
      await db.$disconnect()
    }
  },
})

async function changeSecret(acting: Acting & { db: Db }, former: string) {
  const { resealAll } = await import('@/lib/services/installation/reseal')
  const counts = Object.entries(await resealAll(acting, former)).map(([purpose, count]) => `${count} ${purpose}`)
  return `Sealed with KEYBOUND_SECRET: ${counts.join(', ')}. KEYBOUND_PREVIOUS_SECRET is needed no more.`
}

function minutesOf(given: string | undefined): number {
  if (given === undefined) return 0
  if (/^\d{1,4}$/.test(given)) return Number(given)
  throw new WrongUsage('--publish-first takes a whole number of minutes, up to 9999.')
}
