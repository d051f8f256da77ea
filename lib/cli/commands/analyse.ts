import { version } from '@/package.json'
import { analysingCommand } from '../posture/analysing-command'

export const analyse = analysingCommand({
  name: 'analyse',
  summary: 'Say what a trust in a file is, what is found in it and who else gets in, without a server',
  details: `As POST /api/admin/analyse answers. Of a file with several trusts, JSON is a list. See keybound lint --help for files.
A file may hold its body, { "trust": …, "claims": … }: fixes take values from these claims of a token.`,
  operand: { name: 'FILE', about: 'JSON; - is the standard input' },
  formats: ['human', 'json', 'sarif'],
  async print(analysed, format, { print }, installation) {
    const { analysisText } = await import('../posture/analysis-text')
    const { jsonText } = await import('@/lib/trust/json/json-text')
    if (format === 'human') return analysed.flatMap(analysisText).forEach(print)
    if (format === 'sarif') {
      const { sarifOf } = await import('../posture/sarif')
      return print(jsonText(sarifOf(analysed, version, installation)))
    }
    const [only, ...more] = analysed
    print(jsonText(only && more.length === 0 ? only.analysis : analysed))
  },
})
