import { defineCommand, WrongUsage } from '../command'
import { formatOf, formatOption } from '../posture/format'

const formats = ['human', 'json'] as const

export const test = defineCommand({
  name: 'test',
  summary: 'Judge a token by the trust in a file, as a login would, without a server',
  details: `As POST /api/admin/evaluate answers: exit code 0 if the token is accepted, 1 if it is refused. See keybound lint --help
for files of trusts. Keys are fetched from the URLs of the trust, by the rules of a server (KEY_FETCH_ALLOWED_ORIGINS),
unless --jwks gives them. The token is sent nowhere.`,
  operands: [],
  options: {
    trust: { type: 'string', value: 'FILE', about: 'a trust as JSON; - is the standard input' },
    token: { type: 'string', value: 'FILE', about: 'the token; - is the standard input' },
    jwks: { type: 'string', value: 'FILE', about: 'keys for every URL of the trust: a JWK set, a JWK, or PEM' },
    at: { type: 'string', value: 'INSTANT', about: 'judge as of then: 2026-01-31T12:00:00Z (now)' },
    ip: { type: 'string', value: 'ADDRESS', about: 'where the access token would be used from' },
    format: formatOption(formats),
  },
  async run({ options }, terminal) {
    const format = formatOf(options.format, formats)
    const { readEvaluation } = await import('../testing/read-evaluation')
    const { runEvaluation } = await import('../testing/run-evaluation')
    const { evaluationText } = await import('../testing/evaluation-text')
    const { jsonText } = await import('@/lib/trust/json/json-text')
    const { trust, token, jwks, at, ip } = options
    if (trust === undefined) throw new WrongUsage('--trust FILE is missing. See keybound test --help.')
    if (token === undefined) throw new WrongUsage('--token FILE is missing; - is the standard input.')
    const asked = await readEvaluation({ trust, token, jwks, at, ip }, terminal)
    const answer = await runEvaluation(asked)
    for (const text of format === 'json' ? [jsonText(answer)] : evaluationText(asked.name, answer)) terminal.print(text)
    return answer.accepted ? 0 : 1
  },
})
