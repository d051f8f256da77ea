import { describe, expect, test } from 'vitest'
import { findClaim } from '../claims'
import { maskClaims } from '../mask-claims'
import { presetOf, presets } from '.'
import { claimOf } from './claim-of'
import type { Preset } from './preset'
import { keptPresetOf } from './preset-of-claims'
import { recognise } from './recognise'
import { runOf } from './run-of'
import { sampleClaims } from './sample-claims'

const making = { audience: 'https://keybound.example.com', now: 1_790_000_000 }
const withRuns = presets.filter(({ run }) => run)
const samplesOf = (preset: Preset) => preset.samples.map(({ id }) => sampleClaims(preset, making, id))

test('platforms whose tokens say a run are told: builds, pipelines and runs of infrastructure', () => {
  expect(withRuns.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['github', 'gitlab', 'buildkite', 'circleci', 'hcp-terraform', 'bitbucket', 'jenkins']),
  )
})

describe.each(withRuns.map((preset) => [preset.id, preset] as const))('%s', (id, preset) => {
  test('the claim of the run changes with each run, and those of the workload do not', () => {
    expect(claimOf(preset, preset.run?.claim ?? '')?.class).toBe('ephemeral')
    for (const path of preset.run?.workload ?? [])
      if (path !== 'sub') expect(claimOf(preset, path)?.class).not.toBe('ephemeral')
  })

  test('the run of a sample is read, also from claims as they are kept', () => {
    const told = samplesOf(preset).filter((claims) => findClaim(claims, preset.run?.claim ?? '') !== undefined)
    const runs = told.map((claims) => runOf(claims))
    expect(runs.filter((run) => run !== null).length).toBeGreaterThan(0)
    expect(told.map((claims) => runOf(maskClaims(claims)))).toEqual(runs)
    for (const run of runs) if (run) expect(JSON.parse(run.workload)[1]).toBe(id)
  })
})

const github = (over: object) => {
  const preset = presetOf('github')
  if (!preset) throw new Error('There is no preset github.')
  return { ...samplesOf(preset)[0], ...over }
}

test('two runs of a workflow are of one workload; another repository, workflow or issuer is another', () => {
  const [one, next] = [runOf(github({ run_id: '1' })), runOf(github({ run_id: '2', ref: 'refs/heads/x', sha: 'b' }))]
  expect(one).toMatchObject({ id: '1', path: 'run_id' })
  expect(next).toMatchObject({ id: '2', workload: one?.workload })
  for (const over of [{ repository_id: '2' }, { workflow: 'other' }, { iss: 'https://other.example/_services/token' }])
    expect(runOf(github(over))?.workload).not.toBe(one?.workload)
})

test('without a known issuer, without the claim, or with an empty one, no run is told', () => {
  expect(runOf(github({ iss: 'https://unknown.example' }))).toBeNull()
  expect(runOf(github({ iss: 5 }))).toBeNull()
  expect(runOf(github({ run_id: undefined } as never))).toBeNull()
  expect(runOf(github({ run_id: '' }))).toBeNull()
  expect(runOf(github({ run_id: ['1'] }))).toBeNull()
  expect(runOf({})).toBeNull()
})

test.each(withRuns.map((preset) => [preset.id, preset] as const))(
  '%s: what a token says does not change how others of its issuer are read, though their claims have the same names',
  (_, preset) => {
    const run = preset.run?.claim.split('.')[0] ?? ''
    const junk = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`junk_${n}`, n]))
    for (const [at, claims] of samplesOf(preset).entries()) {
      const known = runOf(claims)
      // The same names in another token: what is in them is its maker's choice.
      const names = { ...claims, [`of_its_own_${at}`]: 'text' }
      const rest = Object.keys(names).filter((name) => !['iss', 'sub', run].includes(name))
      runOf({ ...names, sub: 'x', ...Object.fromEntries(rest.map((name) => [name, junk])) })
      expect(runOf(names)).toEqual(known)
    }
  },
)

test('what is kept of issuers and of the names of claims changes no answer', () => {
  const samples = presets.flatMap((preset) => samplesOf(preset).slice(0, 2))
  const subjects = samples.map(({ sub }) => sub).filter((_, at) => at % 30 === 0)
  for (const claims of samples) {
    // An issuer that many platforms may have on a server of their own, so that subject and claims decide.
    for (const iss of ['https://ci.example.com', 'https://tokens.acme.example/realms/a']) {
      for (const sub of [claims.sub ?? 'x', ...subjects, 'x']) {
        const said = { ...claims, iss, sub: sub ?? 'x' }
        const { preset } = recognise(said)
        expect([keptPresetOf(said), keptPresetOf(said)]).toEqual([preset, preset])
      }
    }
  }
})
