import { version } from '@/package.json'
import { analysingCommand } from '../posture/analysing-command'

export const lint = analysingCommand({
  name: 'lint',
  summary: 'Find weaknesses of the trusts in files, without a server',
  details: `A file holds a trust, a list of them, or an answer with some: in the words of Keybound's API, or as
the body of Infisical's JWT Auth or OIDC Auth, of ZITADEL's JWT providers or of NativeFrame's issuers.`,
  operand: { name: 'FILE', about: 'JSON; - is the standard input', multiple: true },
  formats: ['human', 'json', 'sarif'],
  async print(analysed, format, { print }, installation) {
    const { lintText } = await import('../posture/analysis-text')
    const { jsonText } = await import('@/lib/trust/json/json-text')
    if (format === 'human') return analysed.flatMap(lintText).forEach(print)
    if (format === 'sarif') {
      const { sarifOf } = await import('../posture/sarif')
      return print(jsonText(sarifOf(analysed, version, installation)))
    }
    print(
      jsonText(
        analysed.map(({ file, place, name, analysis: { score, worst, findings, dead } }) => {
          return { file, place, name, score, worst, findings, dead }
        }),
      ),
    )
  },
})
