import { quotedTexts } from '@/components/layout/text-difference'
import type { RecognitionAnswer } from '@/lib/model/posture'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import { bindableClaim } from './bindable-claim'

/** What can be done about a failed check, in the order in which it is offered: what accepts more comes last. */
export type FixOption =
  /** Change what makes the token. */
  | { kind: 'pipeline'; advice: string; snippets: { title: string; code: string }[] }
  /** Change the trust, so that it accepts the token at hand: beside what it accepts, or in its place. */
  | { kind: 'add' | 'replace'; path: string; before: string; after: string }

type Known = Pick<RecognitionAnswer, 'tokenRequest'> | null

/** Returns what can be done about a check, never first what makes the trust accept more. Pure. */
export function fixOptions(check: Check, claims: Verdict['claims'], recognition: Known): FixOption[] {
  if (check.status !== 'fail') return []
  const pipeline = pipelineOption(check, recognition)
  const claim = bindableClaim(check, claims)
  const before = check.expected
  const after = JSON.stringify(String(claim?.value))
  if (!claim || before === undefined) return pipeline ? [pipeline] : []
  const { path } = claim
  const isList = path !== 'iss' && /^(?:one of )?"/.test(before)
  return [
    ...(pipeline ? [pipeline] : []),
    ...(isList ? [{ kind: 'add' as const, path, before, after: `${before}, ${after}` }] : []),
    { kind: 'replace', path, before, after },
  ]
}

/** Snippets of a platform that are shown. */
const snippetsMax = 2

function pipelineOption({ id, expected }: Check, recognition: Known): FixOption | null {
  const [wanted, ...others] = quotedTexts(expected ?? '')
  const words = others.length > 0 ? 'one of the expected values' : JSON.stringify(wanted)
  if (wanted === undefined) return null
  if (id === 'aud') {
    const snippets = recognition?.tokenRequest ?? []
    return {
      kind: 'pipeline',
      advice: `Ask for a token with the audience ${words}.`,
      snippets: snippets
        .slice(0, snippetsMax)
        .map(({ title, snippet }) => ({ title, code: snippet.replaceAll('$AUD', () => wanted) })),
    }
  }
  if (id === 'iss') return { kind: 'pipeline', advice: `Use a token from the issuer ${words}.`, snippets: [] }
  if (id !== 'sub' && !id.startsWith('claim:')) return null
  const claim = id === 'sub' ? 'subject' : `claim ${JSON.stringify(id.slice('claim:'.length))}`
  return {
    kind: 'pipeline',
    advice: `Request the token in the job that is meant: its ${claim} has to be ${words}.`,
    snippets: [],
  }
}
