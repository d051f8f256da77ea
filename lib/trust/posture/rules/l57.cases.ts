import { defineCases, of, only, sampleOf } from '../cases'

const id = [only('repository_owner_id', '6154722'), only('repository_id', '966304329')]
const seen = (accepted: number, values: string[], isComplete = true) => ({
  sample: sampleOf('github'),
  seen: { accepted, lastAcceptedAt: 0, claims: { event_name: { values, isComplete } } },
})

export const l57Cases = defineCases({
  rule: 'L57',
  raises: [
    { title: 'pushes alone in forty logins', subject: of('github', id, {}, seen(40, ['push'])), says: '"push"' },
  ],
  silent: [
    { title: 'pushes alone in ten logins', subject: of('github', id, {}, seen(10, ['push'])) },
    { title: 'two events', subject: of('github', id, {}, seen(40, ['push', 'schedule'])) },
    { title: 'more events than are on record', subject: of('github', id, {}, seen(40, ['push'], false)) },
    {
      title: 'an event that is bound',
      subject: of('github', [...id, only('event_name', 'push')], {}, seen(40, ['push'])),
    },
  ],
})
