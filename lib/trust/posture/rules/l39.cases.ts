import { defineCases, of } from '../cases'

const now = 1_800_000_000
const daysAgo = (days: number) => now - days * 86_400
const recorded = (claims: Record<string, { firstSeenAt?: number; lastSeenAt?: number }>) =>
  of(
    'github',
    [],
    {},
    {
      now,
      seen: {
        ...{ accepted: 9, lastAcceptedAt: now, since: daysAgo(90) },
        claims: Object.fromEntries(
          Object.entries(claims).map(([path, times]) => [path, { values: [], isComplete: false, ...times }]),
        ),
      },
    },
  )

export const l39Cases = defineCases({
  rule: 'L39',
  withoutFix: 'What a new claim is worth is a person’s decision.',
  raises: [
    {
      title: 'a claim of last week',
      subject: recorded({ repository_team: { firstSeenAt: daysAgo(7), lastSeenAt: now } }),
      says: 'repository_team',
    },
    {
      title: 'a claim that is gone',
      subject: recorded({ environment: { firstSeenAt: daysAgo(90), lastSeenAt: daysAgo(20) } }),
    },
  ],
  silent: [
    {
      title: 'a claim of last year',
      subject: recorded({ repository_team: { firstSeenAt: daysAgo(90), lastSeenAt: now } }),
    },
    {
      title: 'a known claim of last week',
      subject: recorded({ repository_id: { firstSeenAt: daysAgo(7), lastSeenAt: now } }),
    },
    { title: 'no record', subject: of('github', [], {}, { now }), isUnknown: true },
  ],
})
