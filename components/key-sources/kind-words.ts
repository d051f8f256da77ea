import type { KeySourceSummary } from '@/lib/client/key-sources'

export const kindWords: Record<KeySourceSummary['kind'], string> = {
  'jwks-url': 'JWKS URL',
  'oidc-discovery': 'OIDC discovery',
}
