import { definePostureRule } from '../rule'

export const l19 = definePostureRule({
  id: 'L19',
  severity: 'high',
  title: 'One token can log in several times',
  why: 'Tokens of this issuer carry an id and are made for one use. A copy from a log or from the memory of a runner can be used until it expires unless a second use is refused.',
  opens: 'The identity, to a copy of a token that was used already.',
  remedy: 'Refuse a second login with the same token, where the issuer makes one for each login.',
  sources: ['PyPI requires `jti` and single use', 'Keycloak has a switch per issuer', 'KERNEL: single use by default'],
  needs: ['preset', 'isReplayRefused'],
  find({ preset, isReplayRefused }) {
    if (isReplayRefused || preset.replay !== 'safe') return []
    const message = `Tokens of ${preset.title} are used once by their nature, and a second use is accepted.`
    return [{ path: [], message }]
  },
})
