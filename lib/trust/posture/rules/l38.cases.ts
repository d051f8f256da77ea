import { defineCases, of, only, sampleOf } from '../cases'

export const l38Cases = defineCases({
  rule: 'L38',
  raises: [
    {
      title: 'a team’s name in the issuer',
      subject: of('vercel', [only('environment', 'production')], {}, { sample: sampleOf('vercel') }),
      path: ['issuer'],
    },
    { title: 'an organization of Fly.io', subject: of('fly', [only('app_name', 'web')]) },
  ],
  silent: [
    { title: 'the team’s id', subject: of('vercel', [only('owner_id', 'team_abc')]) },
    { title: 'the app’s id', subject: of('fly', [only('app_id', '1234')]) },
    {
      title: 'an issuer without a name',
      subject: of('github', [only('sub', 'repo:acme/payments:ref:refs/heads/main')]),
    },
  ],
})
