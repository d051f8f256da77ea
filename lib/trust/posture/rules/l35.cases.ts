import { defineCases, of, only, plain } from '../cases'

const mapped = (metadata: Record<string, string>) =>
  of('github', [only('repository_id', '966304329')], { grant: { ttlSeconds: 900, ttlSecondsMax: 3600, metadata } })

export const l35Cases = defineCases({
  rule: 'L35',
  raises: [
    { title: 'the actor', subject: mapped({ started_by: 'actor' }), path: ['grant', 'metadata', 'started_by'] },
    { title: 'a claim that some tokens lack', subject: mapped({ stage: 'environment' }) },
    {
      title: 'a reserved name',
      subject: plain({ grant: { ttlSeconds: 900, ttlSecondsMax: 3600, metadata: { identityId: 'tenant' } } }),
    },
  ],
  silent: [
    { title: 'an id', subject: mapped({ repository: 'repository_id' }) },
    { title: 'a run', subject: mapped({ run: 'run_id' }) },
    { title: 'nothing', subject: mapped({}) },
  ],
})
