import { defineCases, of, only, ownAudience, rule } from '../cases'

const client = only('client_id', 'agent')
const jag = (rules: ReturnType<typeof only>[]) => of('id-jag', [], { rules }, { ownAudience })

export const l52Cases = defineCases({
  rule: 'L52',
  raises: [
    {
      title: 'two audiences',
      subject: jag([rule('aud', ownAudience, 'https://other.dev'), client, only('sub', '1')]),
      path: ['rules', 0],
    },
    {
      title: 'the audience of another server',
      subject: jag([rule('aud', 'https://other.dev'), client, only('sub', '1')]),
    },
    {
      title: 'any client',
      subject: jag([rule('aud', ownAudience), only('sub', '1')]),
      says: 'client_id',
      hasNoFix: true,
    },
  ],
  silent: [
    { title: 'this server and one client', subject: jag([rule('aud', ownAudience), client, only('sub', '1')]) },
    {
      title: 'two audiences of plain tokens',
      subject: of('github', [], { rules: [rule('aud', ownAudience, 'https://other.dev')] }),
    },
  ],
})
