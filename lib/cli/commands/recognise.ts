import { version } from '@/package.json'
import { defineCommand } from '../command'
import { formatOf, formatOption } from '../posture/format'

const formats = ['human', 'json', 'sarif'] as const

export const recognise = defineCommand({
  name: 'recognise',
  summary: 'Say which issuer made a token and what its claims mean, without a server',
  details: `As POST /api/admin/recognise answers. Nothing in the token is believed, and its signature is not verified.
In SARIF, an unknown issuer, unknown claims and unusual values are notes.`,
  operands: [{ name: 'FILE', about: 'claims as JSON, or a token; - is the standard input' }],
  options: { format: formatOption(formats) },
  async run({ operands: [file = '-'], options }, terminal) {
    const format = formatOf(options.format, formats)
    const { readClaims } = await import('../posture/read-claims')
    const { recognition } = await import('@/lib/model/recognition-answer')
    const { recognitionText } = await import('../posture/recognition-text')
    const { jsonText } = await import('@/lib/trust/json/json-text')
    const answer = recognition(await readClaims(file, terminal))
    if (format === 'sarif') {
      const { recognitionSarif } = await import('../posture/recognition-sarif')
      terminal.print(jsonText(recognitionSarif(file, answer, version)))
      return 0
    }
    for (const text of format === 'json' ? [jsonText(answer)] : recognitionText(answer)) terminal.print(text)
    return 0
  },
})
