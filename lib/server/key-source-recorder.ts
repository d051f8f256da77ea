import { db } from '@/lib/db/client'
import { perProcess } from '@/lib/per-process'
import { createKeySourceRecorder, type KeySourceRecorder } from '@/lib/services/key-source/key-source-recorder'
import { log } from './log'

/** Returns the recorder of this process. */
export function keySourceRecorder(): KeySourceRecorder {
  held.value ??= createKeySourceRecorder({
    db,
    onError: (error) => log.error({ err: error }, 'what happened at a key source could not be written'),
  })
  return held.value
}

const held = perProcess<KeySourceRecorder>('key-source-recorder')
