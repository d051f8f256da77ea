'use client'

import { Plus } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Shown, shownText } from '@/components/ui/shown'
import { localWords, relativeWords, utcWords } from '@/components/ui/time-words'
import { type ClaimValue, listClaims } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/engine/verdict'
import { isJsonObject, type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { timeProblem } from '@/lib/trust/time'
import { visibleText } from '@/lib/trust/unseen'
import { meaningOf, momentMsOf } from './claim-meanings'
import { StatusIcon } from './status-icon'

/** Maximum number of rows; a hostile token may have tens of thousands of nested claims. */
const shownMax = 256

/**
 * Table of every claim, nested ones by their address: meaning, value, the check that reads it, and a button to bind it.
 */
export function ClaimsTable({
  claims,
  checks = [],
  now,
  onBind,
}: {
  claims: JsonObject
  checks?: readonly Check[]
  now: number
  onBind?: (path: string, value: ClaimValue) => void
}) {
  const all = listClaims(claims)
  return (
    <>
      <table className="w-full text-left text-compact">
        <caption className="sr-only">Claims of the token</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Claim</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {all.slice(0, shownMax).map(({ path, value }) => {
            const check = checks.find(({ id }) => id === path || id === `claim:${path}`)
            return (
              <tr key={path} className="align-top">
                <th scope="row" className="w-2/5 max-w-0 px-4 py-1.5 font-normal">
                  <span className="flex items-center gap-1.5">
                    <span className="truncate font-mono font-medium" title={visibleText(path)}>
                      <Shown text={path} />
                    </span>
                    {check && check.status !== 'skipped' && (
                      <StatusIcon status={check.status} trusted={check.trusted} />
                    )}
                  </span>
                  {meaningOf(path) && <span className="block text-muted-foreground text-xs">{meaningOf(path)}</span>}
                </th>
                <td className="py-1 pr-3 pl-0">
                  <ClaimCell path={path} value={value} now={now} onBind={onBind} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {all.length > shownMax && (
        <p className="border-t px-4 py-1.5 text-compact text-muted-foreground">
          {shownMax} of {all.length} claims are shown; the JSON below has all of them.
        </p>
      )}
    </>
  )
}

type CellProps = {
  path: string
  value: ClaimValue
  now: number
  onBind?: (path: string, value: ClaimValue) => void
}

/** A list has a line per element, because a rule requires one element. */
function ClaimCell({ path, value, now, onBind }: CellProps) {
  if (!Array.isArray(value) || value.length === 0) return <ClaimLine {...{ path, value, now, onBind }} />
  return (
    <ul>
      {value.slice(0, 50).map((element, at) => (
        <li key={at}>
          <ClaimLine path={path} value={element} now={now} onBind={onBind} />
        </li>
      ))}
      {value.length > 50 && <li className="text-muted-foreground">and {value.length - 50} more</li>}
    </ul>
  )
}

function ClaimLine({ path, value, now, onBind }: CellProps) {
  const momentMs = momentMsOf(path, value)
  const problem = timeProblem(path, value)
  const isSimple = value !== null && !isJsonObject(value) && !Array.isArray(value) && value !== ''
  return (
    <div className="flex items-start justify-between gap-2">
      <div className="min-w-0 py-0.5">
        <span className="break-all font-mono">
          <Shown text={typeof value === 'string' && value !== '' ? value : stringifyJson(value)} />
        </span>
        {problem && <span className="block text-attention text-xs">{shownText(problem)}</span>}
        {momentMs !== null && <Moment momentMs={momentMs} now={now} />}
      </div>
      {onBind && isSimple && momentMs === null && (
        <IconButton label={`Bind ${path}`} size="sm" className="shrink-0" onClick={() => onBind(path, value)}>
          <Plus aria-hidden />
        </IconButton>
      )}
    </div>
  )
}

/** A time relative to now, in UTC, and in the local zone if that differs. */
function Moment({ momentMs, now }: { momentMs: number; now: number }) {
  const [utc, local] = [utcWords(momentMs), localWords(momentMs)]
  return (
    <span className="grid text-muted-foreground text-xs tabular-nums">
      <span>
        {relativeWords(momentMs, now * 1000)} · {utc}
      </span>
      {local !== utc && <span>{local}</span>}
    </span>
  )
}
