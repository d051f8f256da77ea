import { describe, expect, test } from 'vitest'
import { createAnalyst, type Port } from './analyst'
import type { Answered, Asked } from './questions'

/** A worker that answers when told to. */
function fakePorts() {
  const ports: (Port & { sent: Asked[]; isOver: boolean })[] = []
  const start = () => {
    const port = {
      sent: [] as Asked[],
      isOver: false,
      onmessage: null as Port['onmessage'],
      onerror: null as Port['onerror'],
      postMessage: (message: Asked) => void port.sent.push(message),
      terminate() {
        port.isOver = true
      },
    }
    ports.push(port)
    return port
  }
  return { ports, start }
}

const told = (port: Port, data: Answered) => port.onmessage?.(new MessageEvent('message', { data }))

describe('questions to the worker', () => {
  test('no worker is started before the first question, and one serves all', () => {
    const { ports, start } = fakePorts()
    const analyst = createAnalyst(start)
    expect(ports).toHaveLength(0)
    analyst.ask('recognise', { claims: {} })
    analyst.ask('recognise', { claims: {} })
    expect(ports).toHaveLength(1)
  })

  test('each answer reaches its own question, in whatever order they come', async () => {
    const { ports, start } = fakePorts()
    const analyst = createAnalyst(start)
    const [first, second] = [analyst.ask('recognise', { claims: {} }), analyst.ask('recognise', { claims: {} })]
    const [one, other] = ports[0]!.sent
    told(ports[0]!, { id: other!.id, ok: true, answer: 'second' })
    told(ports[0]!, { id: one!.id, ok: true, answer: 'first' })
    expect(await first).toBe('first')
    expect(await second).toBe('second')
  })

  test('a question that fails is rejected with its message, others are still answered', async () => {
    const { ports, start } = fakePorts()
    const analyst = createAnalyst(start)
    const [first, second] = [analyst.ask('recognise', { claims: {} }), analyst.ask('recognise', { claims: {} })]
    const [one, other] = ports[0]!.sent
    told(ports[0]!, { id: one!.id, ok: false, message: 'no' })
    await expect(first).rejects.toThrow('no')
    told(ports[0]!, { id: other!.id, ok: true, answer: 1 })
    expect(await second).toBe(1)
  })

  test('a worker that cannot be loaded rejects what waits; the next question starts another', async () => {
    const { ports, start } = fakePorts()
    const analyst = createAnalyst(start)
    const waiting = analyst.ask('recognise', { claims: {} })
    ports[0]!.onerror?.(new Event('error') as ErrorEvent)
    await expect(waiting).rejects.toThrow('could not be loaded')
    expect(ports[0]!.isOver).toBe(true)
    analyst.ask('recognise', { claims: {} })
    expect(ports).toHaveLength(2)
  })

  test('a worker that cannot be made, or a message that cannot be copied, rejects the question alone', async () => {
    const analyst = createAnalyst(() => {
      throw new Error('refused by the policy of the page')
    })
    await expect(analyst.ask('recognise', { claims: {} })).rejects.toThrow('refused by the policy')
  })
})
