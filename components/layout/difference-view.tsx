import { Shown, shownText } from '@/components/ui/shown'
import { type GlobStop, globStop } from '@/lib/trust/matchers/glob-stop'
import { visibleText } from '@/lib/trust/unseen'
import { segmentDifference } from './segment-difference'
import { type DifferencePart, nearestDifference, quotedTexts } from './text-difference'

/** Expected and received value, one under the other; where they nearly agree, differing segments are marked. */
export function DifferenceView({
  expected,
  received,
  isPattern = false,
}: {
  expected?: string
  received?: string
  /** Whether expected values may be patterns. */
  isPattern?: boolean
}) {
  if (expected === undefined && received === undefined) return null
  const isBoth = expected !== undefined && received !== undefined
  const stop = isBoth && isPattern ? furthestStop(expected, received) : null
  const near = isBoth && !stop ? nearestDifference(expected, received, segmentDifference) : null
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1">
      <Value name="expected" text={expected} parts={near?.expected ?? (stop && cut(stop.fits, stop.wants))} />
      <Value name="received" text={received} parts={near?.received ?? (stop && cut(stop.covered, stop.has))} />
      {isBoth && (near || stop) && expected.includes('", "') && (
        <>
          <dt className="text-compact text-muted-foreground">of all</dt>
          <dd className="break-words font-mono text-compact text-muted-foreground">
            <Shown text={expected} />
          </dd>
        </>
      )}
      {stop && (
        <dd className="col-span-2 break-words text-compact">
          <Shown text={stopWords(stop)} />
        </dd>
      )}
    </dl>
  )
}

/** The pattern that the value fits furthest. */
function furthestStop(expected: string, received: string): GlobStop | null {
  const stops = quotedTexts(expected).flatMap((pattern) =>
    quotedTexts(received).flatMap((text) => globStop(pattern, text) ?? []),
  )
  return stops.sort((one, other) => other.covered.length - one.covered.length)[0] ?? null
}

function stopWords({ fits, wants, covered, has }: GlobStop): string {
  const upTo = covered === '' ? 'at the start' : `up to ${JSON.stringify(covered)}`
  if (wants === '') return `The pattern ends ${upTo}, and the token goes on with ${JSON.stringify(has)}.`
  const isStar = /(?<!\\)\*$/.test(fits)
  if (isStar)
    return `The * matches any text, "/" and ":" included; behind ${JSON.stringify(covered)} there is no ${JSON.stringify(wants)} for it to stop at.`
  return `The pattern fits ${upTo}. Then it wants ${JSON.stringify(wants)}, and the token has ${has === '' ? 'nothing more' : JSON.stringify(has)}.`
}

function Value({ name, text, parts }: { name: string; text?: string; parts: readonly DifferencePart[] | null }) {
  if (text === undefined) return null
  return (
    <>
      <dt className="text-compact text-muted-foreground">{shownText(name)}</dt>
      <dd className="break-words font-mono text-sm">{parts ? <Marked parts={parts} /> : <Shown text={text} />}</dd>
    </>
  )
}

const cut = (start: string, rest: string): DifferencePart[] =>
  [
    { text: start, differs: false },
    { text: rest, differs: true },
  ].filter(({ text }) => text !== '')

/** Marked by a box with an underline, not by colour alone. */
function Marked({ parts }: { parts: readonly DifferencePart[] }) {
  return (
    <span className="break-all">
      {parts.map(({ text, differs }, at) =>
        differs ? (
          <mark key={at} className="rounded-sm bg-attention-subtle px-0.5 text-attention underline underline-offset-2">
            <Shown text={text} />
          </mark>
        ) : (
          <span key={at}>{visibleText(text)}</span>
        ),
      )}
    </span>
  )
}
