import { defineCases, plain } from '../cases'

const now = 1_800_000_000
const daysAgo = (days: number) => now - days * 86_400
const used = (days: number) => ({ now, seen: { accepted: 3, lastAcceptedAt: daysAgo(days) } })
const unused = (days: number) => ({ now, createdAt: daysAgo(days), seen: { accepted: 0, lastAcceptedAt: null } })

export const l28Cases = defineCases({
  rule: 'L28',
  raises: [
    { title: 'no login for a hundred days', subject: plain({}, used(100)), path: ['enabled'], says: '100 days' },
    { title: 'no login in the twenty days since it was made', subject: plain({}, unused(20)) },
  ],
  silent: [
    { title: 'a login two months ago', subject: plain({}, used(60)) },
    { title: 'a trust of last week without a login', subject: plain({}, unused(7)) },
    { title: 'a disabled trust', subject: plain({ enabled: false }, used(400)) },
    {
      title: 'a trust of unknown age without a login',
      subject: plain({}, { ...unused(20), createdAt: undefined }),
      isUnknown: true,
    },
  ],
})
