'use client'

import { type QueryKey, useQueryClient } from '@tanstack/react-query'

/** Returns a function that invalidates all queries under these keys, for a mutation to await. */
export function useInvalidate(...roots: readonly QueryKey[]): () => Promise<unknown> {
  const client = useQueryClient()
  return () => Promise.all(roots.map((queryKey) => client.invalidateQueries({ queryKey })))
}
