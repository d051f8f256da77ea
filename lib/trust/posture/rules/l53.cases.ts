import { presetOf } from '../../presets'
import { defineCases, plain } from '../cases'

const skew = (clockSkewSeconds: number) => ({ lifetime: { clockSkewSeconds } })
const github = { preset: presetOf('github') }
const living = (seconds: number) => ({
  seen: { accepted: 1, lastAcceptedAt: 0, life: { least: 60, greatest: seconds } },
})

export const l53Cases = defineCases({
  rule: 'L53',
  raises: [
    {
      title: 'a clock five minutes ahead of tokens of five minutes',
      subject: plain(skew(300), github),
      path: ['lifetime', 'clockSkewSeconds'],
    },
    { title: 'tokens of a minute on record', subject: plain(skew(90), living(60)), says: 'live 60 s' },
  ],
  silent: [
    { title: 'thirty seconds', subject: plain(skew(30), github) },
    { title: 'five minutes for tokens of an hour', subject: plain(skew(300), living(3600)) },
    { title: 'an unknown life', subject: plain(skew(300)), isUnknown: true },
  ],
})
