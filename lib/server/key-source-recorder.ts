import { db } from '@/lib/db/client'
import { createKeySourceRecorder, type KeySourceRecorder } from '@/lib/services/key-source/key-source-recorder'
import { log } from './log'

/** The recorder of this process; Next bundles this file more than once. */
export function keySourceRecorder(): KeySourceRecorder {
  held.keyboundKeySourceRecorder ??= createKeySourceRecorder({
    db,
    onError: (error) => log.error({ err: error }, 'what happened at a key source could not be written'),
  })
  return held.keyboundKeySourceRecorder
}

const held: typeof globalThis & { keyboundKeySourceRecorder?: KeySourceRecorder } = globalThis
