import { presetOf } from '../../presets'
import { defineCases, of, only, plain, rule, sampleOf } from '../cases'

const id = only('repository_id', '966304329')

export const l50Cases = defineCases({
  rule: 'L50',
  raises: [
    {
      title: 'rules of a preset, and no issuer',
      subject: of('github', [id], { issuer: null }, { sample: sampleOf('github') }),
      path: ['issuer'],
    },
    {
      title: 'rules of GitHub at Codeberg',
      subject: of('github', [id], { issuer: 'https://codeberg.org/api/actions' }),
      says: 'Forgejo',
    },
    { title: 'rules of GitHub at an unknown issuer', subject: of('github', [id], { issuer: 'https://ci.acme.dev' }) },
  ],
  silent: [
    { title: 'the preset’s own issuer', subject: of('github', [id]) },
    {
      title: 'the preset’s own server',
      subject: of('gitlab', [only('project_id', '1')], { issuer: 'https://gitlab.acme.dev' }),
    },
    {
      title: 'the preset of the other platform',
      subject: { ...of('forgejo', [rule('repository', 'acme/web')]), preset: presetOf('forgejo') },
    },
    { title: 'no preset', subject: plain(), isUnknown: true },
  ],
})
