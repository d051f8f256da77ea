'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ClaimClassBadge, PersonalBadge, UnknownBadge } from '@/components/posture/recognised'
import { IconButton } from '@/components/ui/icon-button'
import { moveInRow } from '@/components/ui/in-row'
import { Input } from '@/components/ui/input'
import { Shown, shownText } from '@/components/ui/shown'
import { localWords, relativeWords, utcWords } from '@/components/ui/time-words'
import type { RecognitionAnswer } from '@/lib/model/posture'
import type { BindWay } from '@/lib/trust/bind-way'
import { type ClaimValue, listClaims } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/engine/verdict'
import { isJsonObject, type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { timeProblem } from '@/lib/trust/time'
import { visibleText } from '@/lib/trust/unseen'
import { BindMenu } from './bind-menu'
import { meaningOf, momentMsOf } from './claim-meanings'
import { StatusIcon } from './status-icon'

/** Maximum number of rows; a hostile token may have tens of thousands of nested claims. */
const shownMax = 256

/** From how many claims on they can be searched. */
const searchedMin = 12

/**
 * Table of every claim, nested ones by their address: meaning, value, the check that reads it, and a button to bind it. Arrow keys walk
 * through the claims, and the one that has the focus is pointed at.
 */
export function ClaimsTable({
  claims,
  checks = [],
  now,
  recognition = null,
  onBind,
  onPoint,
}: {
  claims: JsonObject
  checks?: readonly Check[]
  now: number
  /** What is known of the issuer's claims. */
  recognition?: RecognitionAnswer | null
  onBind?: (path: string, value: ClaimValue, how?: BindWay) => void
  /** Told the top-level claim that is pointed at; null = none. */
  onPoint?: (name: string | null) => void
}) {
  const [search, setSearch] = useState('')
  const all = listClaims(claims)
  const found = all.filter(({ path, value }) => includesText(`${path} ${stringifyJson(value)}`, search))
  const known = new Map(recognition?.classes.map((one) => [one.path, one]))
  return (
    <>
      {all.length >= searchedMin && (
        <div className="px-4 pt-3 pb-1.5">
          <Input
            type="search"
            aria-label="Search claims"
            placeholder={`Search ${all.length} claims`}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      )}
      <table className="w-full text-left text-compact" onKeyDown={moveInRow}>
        <caption className="sr-only">Claims of the token</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Claim</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {found.slice(0, shownMax).map(({ path, value }, at) => {
            const check = checks.find(({ id }) => id === path || id === `claim:${path}`)
            const one = known.get(path)
            const meaning = one?.meaning ?? meaningOf(path)
            return (
              <tr
                key={path}
                className="align-top hover:bg-muted/60"
                onMouseEnter={() => onPoint?.(memberOf(claims, path))}
                onMouseLeave={() => onPoint?.(null)}
                onFocus={() => onPoint?.(memberOf(claims, path))}
                onBlur={() => onPoint?.(null)}
              >
                <th scope="row" className="w-2/5 max-w-0 px-4 py-1.5 font-normal">
                  <span className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5">
                    <button
                      type="button"
                      tabIndex={at === 0 ? 0 : -1}
                      className="max-w-full whitespace-normal wrap-anywhere rounded-sm text-left font-medium font-mono"
                      title={visibleText(path)}
                    >
                      <Shown text={path} />
                    </button>
                    {one && <ClaimClassBadge class={one.class} />}
                    {recognition?.preset && recognition.unknown.includes(path) && (
                      <UnknownBadge platform={recognition.preset.title} />
                    )}
                    {recognition?.personal.includes(path) && <PersonalBadge />}
                    {check && check.status !== 'skipped' && (
                      <StatusIcon status={check.status} trusted={check.trusted} />
                    )}
                  </span>
                  {meaning && <span className="block text-muted-foreground text-xs">{shownText(meaning)}</span>}
                  {one?.fault && <span className="block text-attention text-xs">{shownText(one.fault)}</span>}
                </th>
                <td className="py-1 pr-3 pl-0">
                  <ClaimCell path={path} value={value} now={now} onBind={onBind} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {found.length === 0 && all.length > 0 && (
        <p className="px-4 py-2 text-compact text-muted-foreground">No claim has this name or value.</p>
      )}
      {found.length > shownMax && (
        <p className="border-t px-4 py-1.5 text-compact text-muted-foreground">
          {shownMax} of {found.length} claims are shown; the JSON has all of them.
        </p>
      )}
    </>
  )
}

const includesText = (text: string, search: string) => text.toLowerCase().includes(search.trim().toLowerCase())

/** The top-level claim that an address begins with. */
function memberOf(claims: JsonObject, path: string): string | null {
  if (Object.hasOwn(claims, path)) return path
  const first = path.startsWith('/')
    ? path.slice(1).split('/', 1)[0]?.replaceAll('~1', '/').replaceAll('~0', '~')
    : path
  return Object.keys(claims).find((name) => first === name || first?.startsWith(`${name}.`)) ?? null
}

type CellProps = {
  path: string
  value: ClaimValue
  now: number
  onBind?: (path: string, value: ClaimValue, how?: BindWay) => void
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
        <span className="wrap-anywhere font-mono">
          <Shown text={typeof value === 'string' && value !== '' ? value : stringifyJson(value)} />
        </span>
        {problem && <span className="block text-attention text-xs">{shownText(problem)}</span>}
        {momentMs !== null && <Moment momentMs={momentMs} now={now} />}
      </div>
      {onBind && isSimple && momentMs === null && (
        <span className="flex shrink-0">
          <IconButton label={`Bind ${path}`} size="sm" onClick={() => onBind(path, value)}>
            <Plus aria-hidden />
          </IconButton>
          <BindMenu path={path} onBind={(how) => onBind(path, value, how)} />
        </span>
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
