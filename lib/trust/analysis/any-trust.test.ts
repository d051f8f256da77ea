import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnyJob, anyJob } from '@/e2e/fixtures/any-job'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { findClaim, stringsOf } from '../claims'
import { newWork } from '../matchers/glob'
import { ClaimRule } from '../policy'
import { presets } from '../presets'
import type { Fact, Preset } from '../presets/preset'
import { claimsOf, type Job, sampleJob } from '../presets/sample-claims'
import { factNamesOf, fitsFact, print } from '../presets/template'
import { acceptsClaims } from './accepts'
import { entitiesOf } from './entities'
import { whoElse } from './who-else'

const glob = (path: string, value: string) => ClaimRule.parse({ path, matcher: { kind: 'glob-any', values: [value] } })

/** Rules that accept a token, each with one value: the whole text, its beginning, its end, or all but its middle. */
const rulesFor = (preset: Preset, job: Job) => {
  const token = claimsOf(preset, job, { now: 1_790_000_000, audience: 'https://keybound.example' })
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom('sub', ...preset.claims.map(({ path }) => path)), fc.nat(5), fc.nat(100)), {
      maxLength: 3,
      selector: ([path]) => path,
    })
    .map((chosen) =>
      chosen.flatMap(([path, how, share]) => {
        const claim = findClaim(token, path)
        const [text] = claim === undefined ? [] : stringsOf(claim)
        if (!text || /[*?[\]{}!\\()\n]/.test(text)) return []
        const [cut, later] = [Math.floor((text.length * share) / 101), Math.ceil((text.length * (share + 20)) / 121)]
        const value = [
          text,
          text,
          `${text.slice(0, cut)}*`,
          `*${text.slice(cut)}`,
          `${text.slice(0, cut)}*${text.slice(Math.max(cut, later))}`,
          '*',
        ][how]
        return value === undefined ? [] : [glob(path, value)]
      }),
    )
}

describe.each(presets.map((preset): [string, Preset] => [preset.id, preset]))(
  '%s: for any trust that accepts a token',
  (_, preset) => {
    test('each recommended rule set accepts its sample and no other customer', () => {
      for (const { id, rules, sample } of preset.ruleSets) {
        const job = sampleJob(preset, sample)
        const bound = rules.map(({ path, values }) =>
          ClaimRule.parse({
            path,
            matcher: { kind: 'equals-any', values: values.map((value) => print(value, job.facts) ?? '') },
          }),
        )
        const found = whoElse({ issuer: job.issuer, rules: bound }, preset, job.facts)
        expect(found, id).toMatchObject({ dead: false })
        expect(found !== 'unknown' && !found.dead && (found.tenant?.status ?? 'pinned'), id).toBe('pinned')
      }
    })

    test('any trust that accepts a token is not dead, its witnesses are accepted, and no token refutes that a part is pinned', () => {
      const jobAndRules = anyJob(preset).chain((job) => rulesFor(preset, job).map((rules) => ({ job, rules })))
      const entities = entitiesOf(preset)
      fc.assert(
        fc.property(jobAndRules, fc.array(anyJob(preset), { minLength: 10, maxLength: 20 }), ({ job, rules }, jobs) => {
          const found = whoElse({ issuer: job.issuer, rules }, preset)
          if (found === 'unknown') return
          const shown = JSON.stringify({ issuer: job.issuer, rules, sub: job.subject?.text })
          if (found.dead) return expect.fail(`dead: ${shown} ${JSON.stringify(found)}`)
          const parts = [...(found.tenant ? [found.tenant] : []), ...found.callers, ...found.contexts]
          for (const { witness, facts } of parts) {
            if (!witness) continue
            expect(acceptsClaims(rules, witness.claims, newWork())).toBe(true)
            expect(witness.claims.iss).toBe(job.issuer)
            expect(
              facts.some((name) => witness.facts[name] !== found.base.facts[name]),
              shown,
            ).toBe(true)
          }
          for (const other of [job, ...jobs]) {
            const token = claimsOf(preset, other, { now: 1_790_000_000, audience: 'https://keybound.example' })
            if (token.iss !== job.issuer || !acceptsClaims(rules, token, newWork())) continue
            for (const { facts, role, status } of parts) {
              if (status !== 'pinned') continue
              const at = entities.findIndex((entity) => entity.facts[0] === facts[0])
              const inside =
                role === 'context'
                  ? []
                  : entities
                      .slice(at)
                      .filter((entity) => entity.role === 'workload')
                      .flatMap(({ ids }) => ids)
              // Of a customer whose name is a path, another one is outside of the same group: `acme/web` is no other than `acme/api`.
              const isPath = (name: string) =>
                role === 'tenant' && fitsFact(preset.facts[name] as Fact, `${found.base.facts[name]}/x`)
              const owner = (name: string, text = '') => (isPath(name) ? text.split('/')[0] : text)
              const differs = (name: string) => owner(name, other.facts[name]) !== owner(name, found.base.facts[name])
              const present = facts.filter(
                (name) => said(preset, other).has(name) && name in other.facts && name in found.base.facts,
              )
              const isOther =
                present.length === facts.length &&
                [...present, ...inside.filter((name) => name in other.facts)].every(differs)
              expect(
                isOther,
                `${facts} is pinned by ${shown}, base ${found.base.subject}, other ${JSON.stringify(other.facts)}`,
              ).toBe(false)
            }
          }
        }),
        { numRuns: propertyRuns(12) },
      )
    })
  },
)

/** Facts that the token of a job says. */
const said = ({ claims }: Preset, { variant, subject }: AnyJob) =>
  new Set(
    [variant.template, subject?.format.template ?? '', ...claims.flatMap(({ from }) => from ?? [])].flatMap(
      factNamesOf,
    ),
  )
