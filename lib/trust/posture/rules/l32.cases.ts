import { defineCases, of, only } from '../cases'

const ids = [only('repository_id', '966304329'), only('ref', 'refs/heads/main')]

export const l32Cases = defineCases({
  rule: 'L32',
  raises: [
    { title: 'an identity that writes', subject: of('github', ids, {}, { access: 'write' }), path: ['rules'] },
    { title: 'the production environment', subject: of('github', [...ids, only('environment', 'production')]) },
  ],
  silent: [
    {
      title: 'runners of the platform',
      subject: of('github', [...ids, only('runner_environment', 'github-hosted')], {}, { access: 'write' }),
    },
    { title: 'an identity that reads', subject: of('github', ids, {}, { access: 'read' }) },
    {
      title: 'a platform without own runners',
      subject: of('hcp-terraform', [only('terraform_workspace_id', 'ws-1')], {}, { access: 'write' }),
    },
    { title: 'an identity of unknown rights', subject: of('github', ids), isUnknown: true },
  ],
})
