import { defineCases, plain } from '../cases'
import type { SuspiciousUse } from '../subject'

const used = (...suspicious: SuspiciousUse[]) => plain({}, { seen: { accepted: 1, lastAcceptedAt: 0, suspicious } })

export const l49Cases = defineCases({
  rule: 'L49',
  withoutFix: 'The use is in the past.',
  raises: [
    {
      title: 'two addresses',
      subject: used({ kind: 'two-addresses', of: 'token 3f2a', detail: '198.51.100.7, 203.0.113.9' }),
      says: 'two addresses',
    },
    { title: 'a late use', subject: used({ kind: 'late', of: 'token 3f2a', detail: 'after 270 of 300 s' }) },
  ],
  silent: [
    { title: 'no such use', subject: used() },
    { title: 'no record', subject: plain({}, { seen: { accepted: 0, lastAcceptedAt: null } }), isUnknown: true },
  ],
})
