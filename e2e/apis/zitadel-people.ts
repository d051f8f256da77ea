import { expect } from 'vitest'
import type { Client } from './client'
import type { Flow } from './zitadel-flow'

export const subject = () => `subject ${crypto.randomUUID()}`

/** People, their links, and another organization beside them. */
export const peopleCalls = (flow: Flow) => ({
  async person(role = 'auditor'): Promise<string> {
    const email = `${crypto.randomUUID()}@example.com`
    const sent = { email, name: 'Gigi', password: 'a long enough password', role }
    const { status, text, body } = await flow.here.admin.post('/api/admin/members', sent)
    expect(status, text).toBe(201)
    return body.id
  },

  link: (userId: string, fields: Record<string, unknown>, client: Client = flow.here.admin) =>
    client.post(`/v2/users/${userId}/links`, { idpLink: { userId: subject(), userName: 'gigi', ...fields } }),

  async anotherOrganization(): Promise<string> {
    const id = crypto.randomUUID()
    await flow.here.db.organization.create({ data: { id, name: 'Others', slug: id } })
    return id
  },

  /** Makes a person a member of one more organization. */
  async join(userId: string, organizationId: string) {
    const data = { id: crypto.randomUUID(), userId, organizationId, role: 'admin', createdAt: new Date() }
    await flow.here.db.membership.create({ data })
  },

  /** The same provider again, in an organization that is not ours. */
  async copiedTo(organizationId: string, idpId: string): Promise<string> {
    const row = await flow.here.db.trust.findUniqueOrThrow({ where: { id: idpId } })
    const id = crypto.randomUUID()
    await flow.here.db.trust.create({ data: { ...row, id, organizationId } })
    return id
  },
})
