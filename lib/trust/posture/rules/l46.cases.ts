import { defineCases, of, only, plain, sampleOf } from '../cases'

const living = (seconds: number) => ({
  seen: { accepted: 1, lastAcceptedAt: 0, life: { least: 60, greatest: seconds } },
})
const account = only('sub', 'system:serviceaccount:payments:api')

export const l46Cases = defineCases({
  rule: 'L46',
  raises: [
    {
      title: 'tokens of a year, by the preset',
      subject: of('kubernetes', [account], { lifetime: {} }, { sample: sampleOf('kubernetes') }),
      severity: 'high',
      path: ['lifetime', 'tokenAgeSecondsMax'],
    },
    { title: 'tokens of two hours on record', subject: plain({ lifetime: {} }, living(7200)) },
    {
      title: 'a greatest age of a week',
      subject: plain({ lifetime: { tokenAgeSecondsMax: 604_800 } }, living(604_800)),
      severity: 'high',
    },
  ],
  silent: [
    { title: 'tokens of minutes', subject: of('github', [], { lifetime: {} }) },
    {
      title: 'tokens of a year that are refused after an hour',
      subject: of('kubernetes', [account], { lifetime: { tokenAgeSecondsMax: 3600 } }),
    },
    { title: 'tokens of an hour on record', subject: plain({ lifetime: {} }, living(3600)) },
    { title: 'an unknown life', subject: plain({ lifetime: {} }), isUnknown: true },
  ],
})
