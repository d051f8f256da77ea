import { describe, expect, test } from 'vitest'
import { findClaim } from '../claims'
import { checkIssuer, checkRules } from '../engine/checks/claim-checks'
import type { JsonObject } from '../json/json'
import type { ClaimRule } from '../policy'
import { claimAt, claimOf, stepsOf } from './claim-of'
import { presetOf, presets } from './index'
import { followingFrom, jobFacts } from './job-facts'
import type { Fact, Preset, RuleSet, Sample, SubjectFormat } from './preset'
import { presetForIssuer, readIssuer } from './preset-for'
import { recognise } from './recognise'
import { claimsOf, sampleClaims, sampleJob } from './sample-claims'
import { readSubject, subjectOf } from './subject'
import { factNamesOf, fitsFact, parse, pattern, print, templateTextMax } from './template'

const now = 1_790_000_000
const audience = 'https://keybound.example.com'

test('ids are unique, and each preset is found by its own', () => {
  expect(presets.length).toBeGreaterThan(3)
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length)
  for (const preset of presets) expect(presetOf(preset.id)).toBe(preset)
  expect(presetOf('constructor')).toBeNull()
})

describe.each(presets.map((preset) => [preset.id, preset] as const))('%s', (_, preset) => {
  const facts = Object.entries(preset.facts)

  test.each(facts)('the fact %s has samples of its pattern, and a stranger’s value that differs', (_name, fact) => {
    expect(fitsFact(fact, fact.sample)).toBe(true)
    expect(fitsFact(fact, fact.other)).toBe(true)
    expect(fact.other).not.toBe(fact.sample)
    const bare = fact.pattern.replace(/\[(?:\\.|[^\]\\])*\]/g, 'x')
    expect(bare).not.toMatch(/\((?!\?:)|\\[1-9bB]|(?<!\\)[$^]/)
    const usual = fact.usuallyAbsent ? samplesOf(preset) : jobFacts(preset)
    const following = followingFrom(fact, (one) => usual[one] ?? null)
    if (fact.from) expect(following).toBe(fact.sample)
  })

  test('patterns read hostile text to its end', () => {
    const units = ['a', 'a-', 'a/', 'a.', '-', ':', '0', 'A', ' ', 'https://']
    const answers = facts.flatMap(([, fact]) =>
      units.map((unit) => fitsFact(fact, `${unit.repeat(templateTextMax / unit.length - 1)}\u0000`)),
    )
    expect(answers).toHaveLength(facts.length * units.length)
  })

  test('templates name facts of the preset', () => {
    const unknown = templatesOf(preset).flatMap((template) =>
      factNamesOf(template).filter((name) => !preset.facts[name]),
    )
    expect(unknown).toEqual([])
    const changed = preset.stories.flatMap(({ change }) => Object.keys(change))
    const needed = preset.stories.flatMap(({ needs }) => needs)
    const given = preset.samples.flatMap((sample) => Object.keys(sample.facts))
    const conditions = [...preset.subjects, ...preset.stories].flatMap(({ when }) => Object.keys(when))
    expect([...changed, ...needed, ...given, ...conditions].filter((name) => !preset.facts[name])).toEqual([])
  })

  test.each([
    ['issuers', preset.issuers],
    ['subjects', preset.subjects],
    ['rule sets', preset.ruleSets],
    ['samples', preset.samples],
    ['stories', preset.stories],
  ] as const)('ids of %s are unique', (_part, entries) => {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  })

  test('names of issuers, subjects, samples, stories and claims lead to what is there', () => {
    const idsOf = (entries: readonly { id: string }[]) => entries.map(({ id }) => id)
    const has = (known: readonly string[], named: readonly (string | undefined)[]) =>
      expect(named.filter((one) => one !== undefined && !known.includes(one))).toEqual([])
    has(idsOf(preset.issuers), [
      ...preset.samples.map((one) => one.issuer),
      ...preset.stories.flatMap((s) => s.variants),
    ])
    has(
      idsOf(preset.subjects),
      [...preset.samples, ...preset.stories].map((one) => one.subject),
    )
    has(
      idsOf(preset.samples),
      preset.ruleSets.map((one) => one.sample),
    )
    has(
      idsOf(preset.stories),
      preset.ruleSets.flatMap((one) => one.admits),
    )
    const claims = [
      ...preset.pins.flat(),
      ...preset.ruleSets.flatMap(({ rules }) => rules.map(({ path }) => path)),
      ...preset.stories.flatMap(({ closedBy }) => closedBy),
      ...preset.claims.map(({ id }) => id),
      ...(preset.awsConditionKeys ?? []),
      preset.triggerClaim,
      ...(preset.run?.workload ?? []),
    ]
    const fixed = ['sub', 'iss', preset.audience.claim]
    expect(claims.filter((path) => path !== undefined && !fixed.includes(path) && !claimOf(preset, path))).toEqual([])
    expect(preset.unverified.length > 0 || preset.verified).toBe(true)
  })

  test('the catalogue has each claim once, and a fixed value is one that the issuer sends', () => {
    expect(new Set(preset.claims.map(({ path }) => path)).size).toBe(preset.claims.length)
    for (const claim of preset.claims) {
      expect(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat']).not.toContain(claim.path)
      if (!claim.isPrefix) expect(claimAt(preset, stepsOf(claim))).toBe(claim)
      if (claim.example !== undefined && claim.values) expect(claim.values).toContain(claim.example)
    }
  })

  describe.each(preset.samples.map((sample) => [sample.id, sample] as const))('sample %s', (id, sample) => {
    const job = sampleJob(preset, id)
    const claims = sampleClaims(preset, making(preset), id)

    test('its facts are of their patterns', () => {
      const wrong = Object.entries(job.facts).filter(([name, value]) => !fits(preset, name, value))
      expect(wrong).toEqual([])
    })

    test('its subject is read by its own format and prints back', () => {
      if (!job.subject) {
        expect(claims.sub).toBeUndefined()
        return
      }
      const reading = readSubject(preset, job.subject.text)
      expect(reading?.format.id).toBe(job.subject.format.id)
      expect(print(job.subject.format.template, reading?.facts ?? {}, job.subject.format.escape)).toBe(job.subject.text)
      expect(grammarOf(preset, job.subject.format).test(job.subject.text)).toBe(true)
      if (sample.subject) expect(job.subject.format.id).toBe(sample.subject)
    })

    test('its issuer is read by its own variant', () => {
      const variant = sample.issuer ?? preset.issuers[0]?.id
      expect(readIssuer(preset, job.issuer)?.variant.id).toBe(variant)
    })

    test('each claim has the type and one of the values that the issuer sends', () => {
      const recognised = recognise(claims)
      const isTold = isTelling(preset, sample) || recognised.preset !== null
      if (!isTold) return
      expect(recognised.preset?.id).toBe(preset.id)
      expect(recognised.classes.filter(({ fault }) => fault !== null)).toEqual([])
      expect(recognised.unknown).toEqual([])
      expect(recognised.format?.id).toBe(job.subject?.format.id)
    })

    test('facts are read back from its claims', () => {
      const { facts: read } = recognise(claims)
      const wrong = Object.entries(read).filter(([name, value]) => job.facts[name] !== value)
      expect(wrong).toEqual([])
    })
  })

  test.each(preset.ruleSets.map((one) => [one.id, one] as const))(
    'the rule set %s accepts its sample',
    (_id, ruleSet) => {
      const claims = sampleClaims(preset, making(preset), ruleSet.sample)
      expect(refusalsOf(claims, rulesOf(preset, ruleSet))).toEqual([])
    },
  )

  test.each(preset.ruleSets.map((one) => [one.id, one] as const))(
    'the rule set %s pins what must be',
    (_id, ruleSet) => {
      const bound = ruleSet.rules.map(({ path }) => path)
      expect(bound.length).toBeGreaterThan(0)
      for (const { path } of ruleSet.rules) {
        const claim = claimOf(preset, path)
        expect(claim?.class, `${path} changes with each run`).not.toBe('ephemeral')
      }
    },
  )

  test('a variant with no facts is the issuer of this preset alone', () => {
    for (const variant of preset.issuers.filter(({ template }) => factNamesOf(template).length === 0)) {
      const owners = presets.filter(({ issuers }) => issuers.some(({ template }) => template === variant.template))
      if (owners.length === 1) expect(presetForIssuer(variant.template)?.preset.id).toBe(preset.id)
      expect(owners.length).toBe(1)
    }
  })

  test('all presets that it must not be are presets', () => {
    for (const id of preset.mustNotBe) expect(id === preset.id).toBe(false)
  })
})

/** A token for us, where the job chooses its audience. */
const making = ({ audience: { isChosen } }: Preset) => (isChosen ? { now, audience } : { now })

const isTelling = (preset: Preset, { issuer }: Sample) =>
  (issuer ? preset.issuers.find(({ id }) => id === issuer) : preset.issuers[0])?.isTelling

const samplesOf = (preset: Preset) =>
  Object.fromEntries(Object.entries(preset.facts).map(([name, { sample }]) => [name, sample]))

function fits(preset: Preset, name: string, value: string): boolean {
  const fact = preset.facts[name]
  return fact !== undefined && fitsFact(fact, value)
}

const alternativesOf = (from: Fact['from']) =>
  Array.isArray(from) ? from.map(({ template }) => template) : [from ?? '']

const grammarOf = (preset: Preset, format: SubjectFormat) =>
  new RegExp(`^(?:${pattern(format.template, preset.facts, format.escape)})$`)

function templatesOf(preset: Preset): string[] {
  return [
    ...preset.issuers.flatMap(({ template, jwksUrl }) => [template, jwksUrl ?? '']),
    ...preset.subjects.map(({ template }) => template),
    ...preset.subjectParts,
    ...preset.claims.map(({ from }) => from ?? ''),
    ...Object.values(preset.facts).flatMap(({ from }) => alternativesOf(from)),
    ...preset.ruleSets.flatMap(({ rules }) => rules.flatMap(({ values }) => values)),
    ...preset.stories.flatMap(({ change, issuer, audience }) => [
      ...Object.values(change).map((one) => (one === 'other' ? '' : (one.to ?? ''))),
      ...[issuer ?? '', audience ?? ''],
    ]),
    preset.audience.usual ?? '',
  ]
}

function rulesOf(preset: Preset, { rules, sample }: RuleSet): ClaimRule[] {
  const { facts } = sampleJob(preset, sample)
  const own = rules.map(({ path, values }) =>
    ruleOf(
      path,
      values.map((value) => print(value, facts) ?? `absent: ${value}`),
    ),
  )
  return preset.audience.isChosen ? [ruleOf(preset.audience.claim, [audience]), ...own] : own
}

const ruleOf = (path: string, values: string[]): ClaimRule => ({
  ...{ path, whenAbsent: 'refuse' },
  matcher: { kind: 'equals-any', values },
})

function refusalsOf(claims: JsonObject, rules: ClaimRule[]): string[] {
  const { aud, sub, others } = checkRules(claims, rules)
  const checks = [checkIssuer(claims, typeof claims.iss === 'string' ? claims.iss : null), ...aud, ...sub, ...others]
  return checks.filter(({ status }) => status === 'fail').map(({ message }) => message)
}

describe('facts of a job', () => {
  const github = presetOf('github')!

  test('what follows from a given fact follows', () => {
    expect(jobFacts(github, { refName: 'release' }).ref).toBe('refs/heads/release')
    expect(jobFacts(github, { refName: 'v1', refKind: 'tags' })).toMatchObject({ ref: 'refs/tags/v1', refType: 'tag' })
    expect(jobFacts(github, { refName: 'v1', ref: 'refs/heads/x' }).ref).toBe('refs/heads/x')
  })

  test('the facts choose the subject', () => {
    const subject = (changes: Record<string, string | null>, form?: string) =>
      subjectOf(github, jobFacts(github, changes), { form })?.text
    expect(subject({})).toBe('repo:acme@6154722/payments@966304329:ref:refs/heads/main')
    expect(subject({ event: 'pull_request' })).toBe('repo:acme@6154722/payments@966304329:pull_request')
    expect(subject({ event: 'pull_request', environment: 'eu:prod' }, 'classic')).toBe(
      'repo:acme/payments:environment:eu%3Aprod',
    )
  })
})

test('nested claims are sent nested, and numbers as numbers', () => {
  const claims = sampleClaims(presetOf('kubernetes')!, { now, audience })
  expect(findClaim(claims, '/kubernetes.io/serviceaccount/name')).toBe('api')
  expect(claims.aud).toEqual([audience])
  expect(sampleClaims(presetOf('gitlab')!, { now }).runner_id).toBe(12270852)
  expect(claimsOf(presetOf('github')!, sampleJob(presetOf('github')!), { now })).toMatchObject({
    iat: now,
    nbf: now - 300,
    exp: now + 300,
    aud: 'https://github.com/acme',
    ref_protected: 'true',
    head_ref: '',
  })
})

test('a text that no variant and no format has is read by none', () => {
  expect(presetForIssuer('https://token.actions.githubusercontent.com.evil.example')).toBeNull()
  expect(
    presetForIssuer('https://oidc.eks.eu-central-1.amazonaws.com/id/7F3A9C0E5B1D4826A1B2C3D4E5F60718/x'),
  ).toBeNull()
  expect(readSubject(presetOf('github')!, 'repo:acme@1/payments:ref:refs/heads/main')).toBeNull()
  expect(parse('https://{host}', 'https://', presetOf('gitlab')!.facts)).toBeNull()
})
