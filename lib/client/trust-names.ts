import { useQuery } from '@tanstack/react-query'
import { request } from './http'

/** What is read of the trusts. */
type Names = { trusts: { id: string; name: string; issuer: string | null }[] }

/** Names of the first standalone trusts of a kind, to find one by. */
export function useTrustNames(method: string, { enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: ['trusts', 'all', 'names', method],
    queryFn: async ({ signal }) =>
      (await request<Names>(`/trusts?method=${encodeURIComponent(method)}&limit=200`, { signal })).trusts,
    enabled,
  })
}

/** The name of a trust; undefined while it is read and where there is none. */
export const useTrustName = (id: string): string | undefined =>
  useQuery({
    queryKey: ['trusts', 'all', 'name', id],
    queryFn: ({ signal }) => request<Names>(`/trusts?ids=${encodeURIComponent(id)}`, { signal }),
  }).data?.trusts[0]?.name
