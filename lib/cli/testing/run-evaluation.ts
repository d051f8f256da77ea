import type { EvaluationAnswer } from '@/lib/model/evaluation'
import { evaluation } from '@/lib/model/evaluation-answer'
import { recognition } from '@/lib/model/recognition-answer'
import { parseAllowedOrigins } from '@/lib/net/allow-list'
import { fetchKeySet } from '@/lib/net/fetch-keys'
import { createGuard } from '@/lib/net/guarded-fetch'
import { createKeyCache } from '@/lib/net/key-cache'
import { likelyCauses } from '@/lib/trust/analysis/likely-causes'
import type { KeyProvider } from '@/lib/trust/engine/checks/key-candidates'
import { verify } from '@/lib/trust/engine/verify'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { shownVerdict } from '@/lib/trust/kinds'
import type { AskedEvaluation } from './read-evaluation'

/** Judges a token as a server would. @throws EnvError where KEY_FETCH_ALLOWED_ORIGINS cannot be read */
export async function runEvaluation({ policy, token, keys, now, ip }: AskedEvaluation): Promise<EvaluationAnswer> {
  const provider = keys ? async () => keys : fetchedKeys()
  const verdict = shownVerdict(policy.kind, await verify({ token, trust: policy, keys: provider, now, ip }))
  const { claims } = verdict
  return evaluation(verdict, claims && recognition(claims), now, claims ? likelyCauses(policy, claims) : [])
}

function fetchedKeys(): KeyProvider {
  const guard = createGuard({ allowed: parseAllowedOrigins(process.env.KEY_FETCH_ALLOWED_ORIGINS ?? '') })
  const cache = createKeyCache({ fetch: (source) => fetchKeySet(source, { guard }) })
  return async (source, { again, knownOnly }) => withAdvice(await cache.get(source, { again, knownOnly }))
}

const withAdvice = (set: KeySet): KeySet =>
  set.status === 'ok' ? set : { ...set, fix: `${set.fix} Or give the keys with --jwks FILE.` }
