import { db } from '@/lib/db/client'
import { createKeyLedger, type KeyLedger } from '@/lib/services/key-source/key-ledger'
import { log } from './log'

/** The one ledger of this process, however often Next bundles this file. */
export function keyLedger(): KeyLedger {
  held.keyboundKeyLedger ??= createKeyLedger({
    db,
    onError: (error) => log.error({ err: error }, 'what happened at a key source could not be written'),
  })
  return held.keyboundKeyLedger
}

const held: typeof globalThis & { keyboundKeyLedger?: KeyLedger } = globalThis
