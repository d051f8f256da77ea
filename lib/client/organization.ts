'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { OrganizationSettingsAnswer } from '@/lib/apis/admin/organization/wire'
import { request } from './http'

export type OrganizationSettings = OrganizationSettingsAnswer

const organizationKeys = { root: ['organization'] as const }

/** What the organization's admins have set. */
export function useOrganizationSettings() {
  return useQuery({
    queryKey: organizationKeys.root,
    queryFn: ({ signal }) => request('/organization', { signal, schema: OrganizationSettingsAnswer }),
  })
}

export function useSetOrganizationSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Partial<OrganizationSettings>) =>
      request('/organization', { method: 'PATCH', body, schema: OrganizationSettingsAnswer }),
    onSuccess: () =>
      Promise.all([organizationKeys.root, ['account']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
