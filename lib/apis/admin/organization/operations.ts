import { getOrganizationSettings, setOrganizationSettings } from '@/lib/services/organization/settings'
import { defineOperation } from '../../api'
import { OrganizationPatch, OrganizationSettingsAnswer } from './wire'

const path = '/api/admin/organization'
const success = { status: 200, description: 'The settings.', schema: OrganizationSettingsAnswer }

export const organizationOperations = {
  getOrganizationSettings: defineOperation({
    method: 'GET',
    path,
    summary: "Read the organization's settings",
    auth: 'required',
    success,
    async run(ctx) {
      return { body: await getOrganizationSettings(ctx) }
    },
  }),

  setOrganizationSettings: defineOperation({
    method: 'PATCH',
    path,
    summary: "Change the organization's settings",
    description:
      'Omitted settings are kept. Requiring a second factor ends sessions that were started without it by people who have one.',
    auth: 'required',
    body: OrganizationPatch,
    records: ['organization.updated'],
    success,
    async run(ctx, { body }) {
      return { body: await setOrganizationSettings(ctx, body) }
    },
  }),
}
