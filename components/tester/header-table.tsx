import { Shown } from '@/components/ui/shown'
import type { JsonObject, JsonValue } from '@/lib/trust/json/json'
import { stringifyJson } from '@/lib/trust/json/json'

/** Members of a header (RFC 7515 §4.1) and what they mean for a login. */
const meanings: Readonly<Record<string, string>> = {
  alg: 'Algorithm of the signature; the trust says which are accepted',
  typ: 'Type of the token',
  kid: 'Which key signed it',
  cty: 'Type of what is inside',
  jku: 'URL of keys in the token: never fetched',
  x5u: 'URL of certificates in the token: never fetched',
  x5c: 'Certificates in the token: never used as keys',
  x5t: 'Fingerprint of a certificate (SHA-1)',
  'x5t#S256': 'Fingerprint of a certificate (SHA-256)',
  jwk: 'A key in the token: it proves nothing',
  crit: 'Extensions that must be understood: refused',
}

const membersMax = 50

/** The members of a token's header with their meaning. `onPoint` is told the member at hand; null = none. */
export function HeaderTable({ header, onPoint }: { header: JsonObject; onPoint?: (name: string | null) => void }) {
  return (
    <table className="w-full text-left text-compact">
      <caption className="sr-only">Header of the token</caption>
      <tbody className="divide-y">
        {Object.entries(header)
          .slice(0, membersMax)
          .map(([name, value]) => (
            <tr
              key={name}
              className="align-top hover:bg-muted/60"
              onMouseEnter={() => onPoint?.(name)}
              onMouseLeave={() => onPoint?.(null)}
            >
              <th scope="row" className="w-2/5 max-w-0 px-4 py-1.5 font-normal">
                <span className="block truncate font-medium font-mono">
                  <Shown text={name} />
                </span>
                {Object.hasOwn(meanings, name) && (
                  <span className="block text-muted-foreground text-xs">{meanings[name]}</span>
                )}
              </th>
              <td className="break-all py-1.5 pr-3 font-mono">
                <Shown text={wordsOf(value)} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

const wordsOf = (value: JsonValue) => (typeof value === 'string' && value !== '' ? value : stringifyJson(value))
