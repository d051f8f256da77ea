import { kindNames } from '@/lib/trust/kinds/outline'
import { severities } from '@/lib/trust/posture/finding'

/** Names of the filters in the URL. */
export const postureParameters = ['severity', 'rule', 'method', 'muted'] as const

/** Returns the filter of the list of trusts in a URL. Invalid values are ignored. */
export function toPostureFilter(get: (name: string) => string | null) {
  const rule = get('rule') ?? ''
  return {
    severity: severities.find((severity) => severity === get('severity')),
    rule: /^L\d{2,3}$/.test(rule) ? rule : undefined,
    method: kindNames.find((kind) => kind === get('method')),
    muted: get('muted') === 'true' ? ('true' as const) : undefined,
  }
}
