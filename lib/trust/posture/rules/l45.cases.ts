import { defineCases, of, only, plain, rule } from '../cases'

const optional = (path: string, value: string) => ({ ...rule(path, value), whenAbsent: 'allow' as const })
const id = only('repository_id', '966304329')

export const l45Cases = defineCases({
  rule: 'L45',
  raises: [
    {
      title: 'an environment',
      subject: of('github', [id, optional('environment', 'production')]),
      path: ['rules', 2, 'whenAbsent'],
    },
    { title: 'an id', subject: of('github', [optional('repository_id', '966304329'), only('event_name', 'push')]) },
    {
      title: 'an audience',
      subject: plain({ rules: [optional('aud', 'https://id.acme.dev'), rule('sub', 'deployer')] }),
    },
  ],
  silent: [
    { title: 'a required environment', subject: of('github', [id, rule('environment', 'production')]) },
    { title: 'an optional claim about the user', subject: of('github', [id, optional('actor', 'alice')]) },
    {
      title: 'roles of one’s own issuer',
      subject: plain({ rules: [rule('sub', 'deployer'), optional('roles', 'admin')] }),
    },
  ],
})
