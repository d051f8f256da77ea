import { Shown } from '@/components/ui/shown'
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '@/lib/trust/json/json'

/** Members of one level that are shown; a hostile token may have thousands. */
const membersMax = 100

/** Levels that are open at first. */
const openLevels = 2

/** A JSON object as a tree whose objects and lists can be folded. */
export function ClaimsTree({ value, level = 0 }: { value: JsonObject | readonly JsonValue[]; level?: number }) {
  const members = Array.isArray(value)
    ? value.map((element, at) => [String(at), element] as const)
    : Object.entries(value as JsonObject)
  return (
    <ul className="grid gap-0.5 border-l pl-3 font-mono text-compact">
      {members.slice(0, membersMax).map(([name, member]) => (
        <li key={name} className="min-w-0 break-all">
          {isJsonObject(member) || Array.isArray(member) ? (
            <details open={level < openLevels}>
              <summary>
                <Shown text={name} /> <span className="text-muted-foreground">{sizeWords(member)}</span>
              </summary>
              <ClaimsTree value={member} level={level + 1} />
            </details>
          ) : (
            <>
              <Shown text={name} />:{' '}
              <span className="text-muted-foreground">{<Shown text={stringifyJson(member)} />}</span>
            </>
          )}
        </li>
      ))}
      {members.length > membersMax && <li className="text-muted-foreground">and {members.length - membersMax} more</li>}
    </ul>
  )
}

function sizeWords(value: JsonObject | readonly JsonValue[]): string {
  const count = Array.isArray(value) ? value.length : Object.keys(value).length
  return Array.isArray(value) ? `list of ${count}` : `object of ${count}`
}
