import { defineCases, of, only, rule, sampleOf } from '../cases'

export const l58Cases = defineCases({
  rule: 'L58',
  raises: [
    {
      title: 'a plan beside an apply',
      subject: of('hcp-terraform', [rule('sub', 'organization:acme:project:p:workspace:w:run_phase:*')]),
      path: ['rules', 1, 'matcher', 'values', 0],
    },
    {
      title: 'two owners',
      subject: of('github', [
        only('sub', 'repo:acme/web:environment:production', 'repo:acme-labs/web:environment:production'),
      ]),
      says: 'acme-labs',
    },
    {
      title: 'production and test',
      subject: of('github', [only('repository_id', '1'), only('environment', 'production', 'staging')]),
    },
  ],
  silent: [
    {
      title: 'an apply',
      subject: of('hcp-terraform', [rule('sub', 'organization:acme:project:p:workspace:w:run_phase:apply')]),
    },
    {
      title: 'a plan',
      subject: of('hcp-terraform', [rule('sub', 'organization:acme:project:p:workspace:w:run_phase:plan')]),
    },
    {
      title: 'one owner in both forms',
      subject: of(
        'github',
        [only('sub', 'repo:acme/web:ref:refs/heads/main', 'repo:acme@1/web@2:ref:refs/heads/main')],
        {},
        { sample: sampleOf('github') },
      ),
    },
    {
      title: 'two regions of production',
      subject: of('github', [only('repository_id', '1'), only('environment', 'production-eu', 'production-us')]),
    },
  ],
})
