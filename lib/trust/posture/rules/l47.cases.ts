import { defineCases, plain } from '../cases'

const heard = (more: object) => plain({}, { seen: { accepted: 1, lastAcceptedAt: 0, ...more } })

export const l47Cases = defineCases({
  rule: 'L47',
  withoutFix: 'The client has to send another token.',
  raises: [
    { title: 'a workload identity token', subject: heard({ headerTypes: ['JWT', 'wit+jwt'] }), says: 'wit+jwt' },
    { title: 'an assertion grant, written in full', subject: heard({ headerTypes: ['application/OAUTH-ID-JAG+JWT'] }) },
    { title: 'a token bound to a key', subject: heard({ hasConfirmation: true }), says: 'cnf' },
  ],
  silent: [
    { title: 'plain tokens', subject: heard({ headerTypes: ['JWT', 'at+jwt'], hasConfirmation: false }) },
    { title: 'a type that only sounds like one', subject: heard({ headerTypes: ['dpop'] }) },
    { title: 'unknown types', subject: heard({}), isUnknown: true },
  ],
})
