'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { OrganizationSettingsAnswer } from '@/lib/apis/admin/organization/wire'
import { request } from './http'
import { useInvalidate } from './use-invalidate'

export type OrganizationSettings = OrganizationSettingsAnswer

const organizationKeys = { root: ['organization'] as const }

/** Settings of the organization. */
export function useOrganizationSettings() {
  return useQuery({
    queryKey: organizationKeys.root,
    queryFn: ({ signal }) => request<OrganizationSettingsAnswer>('/organization', { signal }),
  })
}

export function useSetOrganizationSettings() {
  const refresh = useInvalidate(organizationKeys.root, ['account'])
  return useMutation({
    mutationFn: (body: Partial<OrganizationSettings>) =>
      request<OrganizationSettingsAnswer>('/organization', { method: 'PATCH', body }),
    onSuccess: refresh,
  })
}
