import { describe, expect, test } from 'vitest'
import { changedSpecs, changedUnitTests } from './changed.mjs'

describe('after a change to', () => {
  test.each([
    ['a verb', 'lib/services/trust/create-trust.ts', 'all', 'all'],
    ['the engine', 'lib/trust/engine/verify.ts', 'all', 'all'],
    ['the database', 'prisma/schema.prisma', 'all', 'all'],
    ['a package', 'package-lock.json', 'all', 'all'],
    ['a fixture', 'e2e/fixtures/keybound.ts', 'all', 'all'],
    ['a file of a kind that is not known', 'something.new', 'all', 'all'],
    ['a page', 'app/(dashboard)/page.tsx', [], 'all'],
    ['a component', 'components/ui/button.tsx', [], 'all'],
    ['a unit test', 'lib/trust/engine/verify.test.ts', [], []],
    ['prose', 'docs/decisions.md', [], []],
    ['a contract spec', 'e2e/apis/people.spec.ts', ['e2e/apis/people.spec.ts'], []],
    ['a browser spec', 'e2e/dashboard/oidc.spec.ts', [], ['e2e/dashboard/oidc.spec.ts']],
  ])('%s, the specs that could notice run', (_, file, contract, e2e) => {
    expect(changedSpecs('contract', [file])).toEqual(contract)
    expect(changedSpecs('e2e', [file])).toEqual(e2e)
  })
})

test('one file that everything could notice asks for every spec, whatever else changed', () => {
  expect(changedSpecs('contract', ['e2e/apis/people.spec.ts', 'server.ts'])).toBe('all')
})

test.each(['package-lock.json', 'vitest.config.ts', 'prisma/schema.prisma'])(
  'after a change of %s, every unit test runs',
  (file) => {
    expect(changedUnitTests('HEAD', [file], [])).toBe('all')
  },
)
