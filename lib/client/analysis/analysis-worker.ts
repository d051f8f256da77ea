import '../interpreted-schemas'
import { answerTo } from './answer-to'
import type { Answered, Asked } from './questions'

/*
 * The worker's entry. Presets, automata and rules are loaded here and never by a page. Nothing is sent: the worker has no network
 * (lib/server/security-headers.ts).
 */
addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  postMessage(answered(data))
})

function answered(asked: Asked): Answered {
  try {
    return { id: asked.id, ok: true, answer: answerTo(asked) }
  } catch (error) {
    return { id: asked.id, ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
