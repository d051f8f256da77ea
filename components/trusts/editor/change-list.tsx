import { RelationBadge } from '@/components/posture/relation-badge'
import { shownText } from '@/components/ui/shown'
import type { DimensionAnswer } from '@/lib/model/posture'
import { changedMembers } from '../form/changed-members'
import type { ReviewRow } from '../form/review-rows'

type Row = Omit<ReviewRow, 'effect' | 'field'> & { effect?: DimensionAnswer | null }

/** Lists changes field by field, before and after, with signs and words; and what each does to what is accepted. */
export function ChangeList({ changes }: { changes: readonly Row[] }) {
  return (
    <dl className="divide-y rounded-md border text-compact">
      {changes.map(({ label, before, after, effect }) => (
        <div key={label} className="grid gap-1 px-3 py-2 sm:grid-cols-[10rem_minmax(0,1fr)] sm:gap-4">
          <dt className="flex min-w-0 flex-wrap content-start items-start gap-x-2 gap-y-1 break-words font-medium">
            <span className="min-w-0">{shownText(label)}</span>{' '}
            {effect && effect.relation !== 'equal' && <RelationBadge relation={effect.relation} />}
          </dt>
          <dd className="grid min-w-0 gap-0.5 font-mono">
            <Values before={before} after={after} />
            {effect && <Examples effect={effect} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Of a list only what goes and comes; else all of what was and will be. */
function Values({ before, after }: Pick<Row, 'before' | 'after'>) {
  const list = before !== null && after !== null ? changedMembers(before, after) : null
  const gone = list ? list.gone.join('\n') : before
  const come = list ? list.come.join('\n') : after
  return (
    <>
      {gone && (
        <del className="grid text-muted-foreground no-underline">
          <span className="sr-only">{list ? 'taken out' : 'before'}: </span>
          <Lines text={gone} sign="−" />
        </del>
      )}
      {come ? (
        <ins className="grid no-underline">
          <span className="sr-only">{list ? 'added' : 'after'}: </span>
          <Lines text={come} sign="+" />
        </ins>
      ) : (
        after === null && <span className="font-sans text-muted-foreground">removed</span>
      )}
      {list && <span className="font-sans text-muted-foreground text-xs">{list.kept} unchanged</span>}
    </>
  )
}

const Lines = ({ text, sign }: { text: string; sign: string }) =>
  text.split('\n').map((line, at) => (
    <span key={at} className="break-words">
      <span aria-hidden>{sign} </span>
      {shownText(line)}
    </span>
  ))

/** A value that is accepted only after, and one only before the change. */
function Examples({ effect: { accepted, refused } }: { effect: DimensionAnswer }) {
  if (!accepted && !refused) return null
  return (
    <span className="mt-1 grid gap-0.5 font-sans text-xs">
      {accepted && <Example words="newly accepted" example={accepted} />}
      {refused && <Example words="no longer accepted" example={refused} />}
    </span>
  )
}

function Example({ words, example }: { words: string; example: NonNullable<DimensionAnswer['accepted']> }) {
  return (
    <span className="min-w-0">
      <span className="text-muted-foreground">{words}: </span>
      {'absent' in example ? (
        'a token without it'
      ) : example.value === '' ? (
        'an empty text'
      ) : (
        <code className="break-all">{shownText(textOf(example.value))}</code>
      )}
    </span>
  )
}

/** A value as a person writes it; of long ones the beginning. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
