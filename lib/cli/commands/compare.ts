import { version } from '@/package.json'
import { defineCommand } from '../command'
import { formatOf, formatOption } from '../posture/format'
import { failOnOf, failOnOption, fails } from '../posture/severity'

const formats = ['human', 'json', 'sarif'] as const

export const compare = defineCommand({
  name: 'compare',
  summary: 'Say what becomes of one trust when another takes its place: wider, narrower or different, without a server',
  details: `As POST /api/admin/compare answers. Fails on findings that are new, which alone are in SARIF.
See keybound lint --help for files.`,
  operands: [
    { name: 'BEFORE', about: 'JSON; - is the standard input' },
    { name: 'AFTER', about: 'JSON' },
  ],
  options: {
    format: formatOption(formats),
    ...failOnOption,
    'fail-on-wider': { type: 'boolean', about: 'exit with 1 if something is accepted that was not, or may be' },
  },
  async run({ operands: [before = '', after = ''], options }, terminal) {
    const format = formatOf(options.format, formats)
    const failOn = failOnOf(options['fail-on'])
    const { readSubject } = await import('../posture/subjects')
    const { comparison } = await import('@/lib/model/comparison-answer')
    const { findingsOf } = await import('@/lib/trust/posture/posture')
    const { isWidening } = await import('@/lib/model/change-demands')
    const { comparisonText } = await import('../posture/comparison-text')
    const { jsonText } = await import('@/lib/trust/json/json-text')
    const [old, now] = [await readSubject(before, terminal), await readSubject(after, terminal)]
    const found = ({ trust: policy, subject }: typeof now) => ({ policy, findings: findingsOf(subject) })
    const answer = comparison(found(old), found(now))
    if (format === 'sarif') {
      const { sarifOf } = await import('../posture/sarif')
      const raised = { ...now, name: now.trust.name, analysis: { findings: answer.raised } }
      terminal.print(jsonText(sarifOf([raised], version, undefined)))
    } else for (const text of format === 'json' ? [jsonText(answer)] : comparisonText(answer)) terminal.print(text)
    // What costs too much to compare may be wider.
    const isWider = options['fail-on-wider'] === true && answer.dimensions.some(({ relation }) => isWidening(relation))
    return isWider || fails(answer.raised, failOn) ? 1 : 0
  },
})
