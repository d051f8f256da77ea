import { Shown } from '@/components/ui/shown'
import type { ClaimValue } from '@/lib/trust/claims'
import { type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { claimDifferences } from './claim-differences'

/** The claims of the token at hand that differ from those of another. */
export function ClaimComparison({
  first,
  second,
  other,
}: {
  first: JsonObject
  second: JsonObject
  /** Names the other one. */
  other: string
}) {
  const { differences, same } = claimDifferences(first, second)
  return (
    <>
      <p role="status" className="text-compact text-muted-foreground">
        {differences.length === 0 ? 'Their claims are the same.' : `${same} claims are the same in both.`}
      </p>
      {differences.length > 0 && (
        <table className="w-full table-fixed text-left text-compact">
          <caption className="sr-only">Claims that differ</caption>
          <thead className="text-muted-foreground">
            <tr>
              <th scope="col" className="py-1 pr-3 font-normal">
                Claim
              </th>
              <th scope="col" className="py-1 pr-3 font-normal">
                This token
              </th>
              <th scope="col" className="py-1 font-normal">
                {other}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y border-t">
            {differences.map(({ path, first: ours, second: theirs }) => (
              <tr key={path} className="break-all align-top font-mono">
                <th scope="row" className="py-1 pr-3 font-medium">
                  <Shown text={path} />
                </th>
                <td className="py-1 pr-3">
                  <Value value={ours} />
                </td>
                <td className="py-1">
                  <Value value={theirs} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function Value({ value }: { value: ClaimValue | undefined }) {
  if (value === undefined) return <span className="font-sans text-muted-foreground">not there</span>
  return <Shown text={typeof value === 'string' && value !== '' ? value : stringifyJson(value)} />
}
