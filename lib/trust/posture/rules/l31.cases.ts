import { defineCases, of, only, sampleOf } from '../cases'

const sample = sampleOf('github')

export const l31Cases = defineCases({
  rule: 'L31',
  raises: [
    {
      title: 'an owner in capitals',
      subject: of('github', [only('repository_owner', 'Acme')], {}, { sample }),
      path: ['rules', 1, 'matcher', 'values', 0],
      says: 'acme',
    },
    {
      title: 'an environment on record',
      subject: of(
        'github',
        [only('environment', 'Production')],
        {},
        {
          seen: {
            accepted: 1,
            lastAcceptedAt: 0,
            claims: { environment: { values: ['production'], isComplete: true } },
          },
        },
      ),
    },
  ],
  silent: [
    { title: 'the same letters', subject: of('github', [only('repository_owner', 'acme')], {}, { sample }) },
    { title: 'both spellings', subject: of('github', [only('repository_owner', 'acme', 'Acme')], {}, { sample }) },
    { title: 'another owner', subject: of('github', [only('repository_owner', 'Acme-Labs')], {}, { sample }) },
    { title: 'no token', subject: of('github', [only('repository_owner', 'Acme')]), isUnknown: true },
  ],
})
