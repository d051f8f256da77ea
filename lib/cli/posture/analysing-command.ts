import { defineCommand, type ExitCode, type Terminal } from '../command'
import type { Analysed } from './analysis-text'
import { formatOf, formatOption } from './format'
import { failOnOf, failOnOption, fails } from './severity'

export type AnalysisFormat = 'human' | 'json' | 'sarif'

type Definition = {
  name: string
  summary: string
  details: string
  operand: { name: string; about: string; multiple?: boolean }
  /** The first is the usual one. */
  formats: readonly [AnalysisFormat, ...AnalysisFormat[]]
  /** @param installation URL of an installation, if it is known */
  print(analysed: Analysed[], format: AnalysisFormat, terminal: Terminal, installation?: string): Promise<void>
}

/** Makes a command that analyses the trusts of files and ends by the severity of what it finds. */
export const analysingCommand = ({ name, summary, details, operand, formats, print }: Definition) =>
  defineCommand({
    ...{ name, summary, details },
    operands: [operand],
    options: {
      format: formatOption(formats),
      ...failOnOption,
      claims: { type: 'string', value: 'FILE', about: 'claims of a token that the trust is meant for, or the token' },
      audience: { type: 'string', value: 'URL', about: 'the audience to propose: the URL of your installation' },
    },
    async run({ operands, options }, terminal): Promise<ExitCode> {
      const format = formatOf(options.format, formats)
      const failOn = failOnOf(options['fail-on'])
      const { readSubjects } = await import('./subjects')
      const { analysis } = await import('@/lib/model/analysis-answer')
      const subjects = await readSubjects(operands, options, terminal)
      const analysed = subjects.map(({ file, place, trust, subject }) => {
        return { file, place, name: trust.name, analysis: analysis(subject) }
      })
      await print(analysed, format, terminal, options.audience)
      const findings = analysed.flatMap((one) => one.analysis.findings)
      return fails(findings, failOn) ? 1 : 0
    },
  })
