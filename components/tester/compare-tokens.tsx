'use client'

import { useState } from 'react'
import { shownText } from '@/components/ui/shown'
import { describeProblem } from '@/lib/trust/engine/no-token'
import { decodeToken } from '@/lib/trust/engine/token'
import type { JsonObject } from '@/lib/trust/json/json'
import { ClaimComparison } from './claim-comparison'
import { TokenBox } from './token-box'

/** The claims of the token at hand beside those of another one. */
export function CompareTokens({ claims }: { claims: JsonObject }) {
  const [token, setToken] = useState('')
  const decoded = decodeToken(token)
  const { claims: other } = decoded
  return (
    <details className="border-t">
      <summary className="px-4 py-2 font-medium">Compare with another token</summary>
      <div className="grid gap-3 px-4 pb-4">
        <TokenBox label="Other token" text={token} onText={setToken} />
        {token !== '' && !other.ok && (
          <p className="text-attention text-compact">{shownText(describeProblem(decoded) ?? other.message)}</p>
        )}
        {other.ok && <ClaimComparison first={claims} second={other.value} other="Other token" />}
      </div>
    </details>
  )
}
