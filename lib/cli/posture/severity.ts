import { type Severity, severities } from '@/lib/trust/posture/finding'
import { WrongUsage } from '../command'

/** From which severity on a command ends with exit code 1; null = never. */
export type FailOn = Severity | null

export const failOnOption = {
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    about: `exit with 1 from here on: ${severities.join(', ')} or none (high)`,
  },
} as const

/** @throws WrongUsage */
export function failOnOf(given: string | undefined): FailOn {
  if (given === 'none') return null
  const severity = severities.find((one) => one === (given ?? 'high'))
  if (severity) return severity
  throw new WrongUsage(`--fail-on is ${JSON.stringify(given)}; give one of ${severities.join(', ')} or none.`)
}

/** Whether one of some findings is as severe as that, or more. */
export const fails = (found: readonly { severity: Severity }[], failOn: FailOn): boolean =>
  failOn !== null && found.some(({ severity }) => severities.indexOf(severity) <= severities.indexOf(failOn))
