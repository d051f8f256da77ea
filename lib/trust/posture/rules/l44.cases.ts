import { defineCases, of, only, plain } from '../cases'

const grant = (metadata: Record<string, string>) => ({ grant: { ttlSeconds: 900, ttlSecondsMax: 3600, metadata } })
const mapped = (metadata: Record<string, string>) => of('github', [only('repository_id', '966304329')], grant(metadata))

export const l44Cases = defineCases({
  rule: 'L44',
  raises: [
    { title: 'the actor as the alias', subject: mapped({ alias: 'actor' }), path: ['grant', 'metadata', 'alias'] },
    { title: 'the workflow’s name as the role', subject: mapped({ role: 'workflow' }) },
    { title: 'an address of mail, of an unknown issuer', subject: plain(grant({ user: 'email' })) },
    {
      title: 'an actor that the access token repeats',
      subject: of('github', [only('repository_id', '1')], {
        grant: { ttlSeconds: 900, ttlSecondsMax: 3600, carry: { actor: 'texts' } },
      }),
      hasNoFix: true,
    },
  ],
  silent: [
    { title: 'the subject', subject: mapped({ alias: 'sub' }) },
    { title: 'an id', subject: mapped({ name: 'repository_id' }) },
    { title: 'a name with its owner', subject: mapped({ name: 'repository' }) },
    { title: 'the actor as a note', subject: mapped({ started_by: 'actor' }) },
  ],
})
