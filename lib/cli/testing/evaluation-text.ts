import type { CheckAnswer, EvaluationAnswer } from '@/lib/model/evaluation'
import { line } from '../posture/line'

/** A verdict in lines for people: failures first, with what was expected and received. */
export function evaluationText(name: string, { accepted, decisive, checks, ...rest }: EvaluationAnswer): string[] {
  const of = (...statuses: CheckAnswer['status'][]) => checks.filter(({ status }) => statuses.includes(status))
  const isDecisive = ({ id }: CheckAnswer) => id === decisive
  const failed = of('fail')
  const ordered = [...failed.filter(isDecisive), ...failed.filter((check) => !isDecisive(check)), ...of('warn')]
  const { preset, format, key, grant, causes } = rest
  const causesOf = ({ status, field }: CheckAnswer) =>
    (status === 'fail' && causes?.find((one) => one.field === field)?.causes) || []
  return [
    `${name}: ${accepted ? 'accepted' : 'refused'}`,
    ...ordered.flatMap((check) => [...checkText(check), ...causesOf(check).map((cause) => `    likely: ${cause}`)]),
    `  ${of('pass').length} passed, ${of('skipped').length} not made`,
    ...(preset ? [`  token of ${preset.title}${format ? `, subject: ${format.title}` : ''}`] : []),
    ...(key
      ? [`  verified with ${key.kid === null ? 'a key without a kid' : `key ${key.kid}`} of keys.${key.source}`]
      : []),
    ...(grant ? [`  grants ${grant.ttlSeconds} s, until ${grant.expiresAt}`] : []),
  ].map(line)
}

const checkText = ({ id, status, message, expected, received, fix }: CheckAnswer): string[] => [
  `  ${status} ${id}: ${message}`,
  ...(expected === undefined ? [] : [`    expected: ${expected}`]),
  ...(received === undefined ? [] : [`    received: ${received}`]),
  ...(fix === undefined ? [] : [`    ${fix}`]),
]
