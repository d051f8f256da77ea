import { z } from 'zod'
import { Name } from '@/lib/model/identity'
import { Password } from '@/lib/model/person'
import { bootstrap } from '@/lib/services/people/set-up'
import { defineOperation } from '../../api'

export const operations = {
  bootstrap: defineOperation({
    method: 'POST',
    path: '/api/v1/admin/bootstrap',
    summary: 'Set up an empty installation',
    description:
      'Makes the first admin, the organization, and an admin identity with an access token, so that a script can go on. Once.',
    auth: 'none',
    body: z.strictObject({
      email: z.email('Give an email address, for example ada@example.com.').max(254),
      password: Password,
      organization: Name,
      domain: z
        .string()
        .max(2048)
        .optional()
        .meta({ description: "Infisical's CLI sends where it found the server; ignored." }),
    }),
    records: [
      'organization.created',
      'identity.created',
      'token-auth.attached',
      'access-token.issued',
      'project.created',
      'trust.created',
    ],
    success: {
      status: 200,
      description: 'It is set up.',
      schema: z.object({
        message: z.string(),
        identity: z.object({ id: z.uuid(), name: z.string(), credentials: z.object({ token: z.string() }) }),
        organization: z.object({ id: z.uuid(), name: z.string(), slug: z.string() }),
        user: z.object({
          id: z.uuid(),
          email: z.string(),
          username: z.string(),
          firstName: z.string(),
          superAdmin: z.boolean(),
        }),
      }),
    },
    async run(ctx, { body: { domain: _, ...input } }) {
      const { user, organization, identity } = await bootstrap(ctx, input)
      return {
        body: {
          message: 'Successfully bootstrapped instance',
          identity: { id: identity.id, name: identity.name, credentials: { token: identity.token } },
          organization: { id: organization.id, name: organization.name, slug: organization.slug },
          user: { id: user.id, email: user.email, username: user.email, firstName: user.name, superAdmin: true },
        },
      }
    },
  }),
}
