import { presetOf } from '../../presets'
import { defineCases, plain } from '../cases'

const github = presetOf('github')

export const l19Cases = defineCases({
  rule: 'L19',
  withoutFix: 'No trust has a setting for it yet.',
  raises: [
    {
      title: 'tokens for one use that are taken twice',
      subject: plain({}, { preset: github, isReplayRefused: false }),
    },
  ],
  silent: [
    { title: 'tokens for one use, taken once', subject: plain({}, { preset: github, isReplayRefused: true }) },
    {
      title: 'tokens that a workload uses again by its nature',
      subject: plain({}, { preset: github && { ...github, replay: 'unsafe' }, isReplayRefused: false }),
    },
    { title: 'an installation that has no such setting', subject: plain({}, { preset: github }), isUnknown: true },
  ],
})
