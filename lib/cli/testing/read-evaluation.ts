import { parseIp } from '@/lib/trust/ip-range'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { cleanToken } from '@/lib/trust/pasted-token'
import { isRemote } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { type Terminal, WrongUsage } from '../command'
import { readSubject } from '../posture/subjects'
import { readText } from '../trust-files/read-json'
import { readKeys } from './read-keys'

/** Options as given; files by name. */
export type EvaluationOptions = {
  trust: string
  token: string
  jwks: string | undefined
  at: string | undefined
  ip: string | undefined
}

export type AskedEvaluation = {
  /** Of the trust, for people. */
  name: string
  policy: JudgedPolicy
  token: string
  /** Keys for every URL of the trust; null = they are fetched. */
  keys: KeySet | null
  /** Epoch seconds. */
  now: number
  ip: string | null
}

/** Reads what is to be judged. @throws WrongUsage; no message repeats the token */
export async function readEvaluation(
  { trust, token, jwks, at, ip }: EvaluationOptions,
  terminal: Pick<Terminal, 'stdin' | 'pathOf'>,
): Promise<AskedEvaluation> {
  if ([trust, token, jwks].filter((file) => file === '-').length > 1) {
    throw new WrongUsage('Only one of --trust, --token and --jwks can be the standard input.')
  }
  if (/^(?:eyJ|ew0|bearer\b|authorization\b)/i.test(token)) {
    throw new WrongUsage(
      '--token takes a file, or - for the standard input: a token on the command line is seen by others.',
    )
  }
  if (ip !== undefined && !parseIp(ip))
    throw new WrongUsage(`--ip is ${JSON.stringify(ip)}; give 192.0.2.7, for example.`)
  const now = at === undefined ? Date.now() / 1000 : secondsOf(at)
  const { trust: filed } = await readSubject(trust, terminal)
  const given = jwks === undefined ? null : await readKeys(jwks, terminal)
  const policy =
    given && 'source' in given
      ? { ...filed, keys: filed.keys.map((source) => (isRemote(source) ? given.source : source)) }
      : filed
  return {
    ...{ name: policy.name, policy, now, ip: ip ?? null },
    token: cleanToken(await readText(token, terminal)),
    keys: given && 'set' in given ? given.set : null,
  }
}

/** RFC 3339, with a zone. @throws WrongUsage */
function secondsOf(at: string): number {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/i.test(at)
  const milliseconds = isInstant ? Date.parse(at) : Number.NaN
  if (Number.isFinite(milliseconds)) return milliseconds / 1000
  throw new WrongUsage(`--at is ${JSON.stringify(at)}; give an instant with its zone: 2026-01-31T12:00:00Z.`)
}
