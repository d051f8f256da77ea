import { useQuery } from '@tanstack/react-query'
import { request } from './http'

type Named = { id: string; name: string }

/** Names of the first streams or access reviews, to find one by. */
export const useFoundNames = (list: 'streams' | 'reviews', { enabled }: { enabled: boolean }) =>
  useQuery({
    queryKey: [list, 'names'],
    queryFn: async ({ signal }) => (await request<Record<string, Named[]>>(`/${list}`, { signal }))[list] ?? [],
    enabled,
  })

/** The first key sources with a text in their URL. */
export const useFoundSources = (search: string, { enabled }: { enabled: boolean }) =>
  useQuery({
    queryKey: ['key-sources', 'names', search],
    queryFn: async ({ signal }) => {
      const path = `/key-sources?limit=8&search=${encodeURIComponent(search)}`
      return (await request<{ sources: { id: string; url: string }[] }>(path, { signal })).sources
    },
    enabled,
  })
