import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fact } from './preset'
import { factNamesOf, parse, pattern, print, templateTextMax } from './template'

const fact = (source: string) =>
  Fact.parse({ title: 'A fact', class: 'name', pattern: source, sample: 'a', other: 'b' })
const facts = {
  owner: fact('[A-Za-z0-9-]+'),
  repository: fact('[\\w.-]+'),
  environment: fact('[^\\r\\n]{1,255}'),
  group: fact('[\\w.-]+(?:/[\\w.-]+)*'),
  project: fact('[\\w.-]+'),
  url: fact('https://[^\\s]+'),
}
const subject = 'repo:{owner}/{repository}:environment:{environment}'

describe('printing', () => {
  test('fills each fact in', () => {
    expect(print('repo:{owner}/{repository}', { owner: 'acme', repository: 'app' })).toBe('repo:acme/app')
    expect(print('https://codeberg.org/api/actions', {})).toBe('https://codeberg.org/api/actions')
  })

  test('gives nothing when a fact is absent, and an inherited name is no fact', () => {
    expect(print(subject, { owner: 'acme', repository: 'app' })).toBeNull()
    expect(print('{constructor}', {})).toBeNull()
  })

  test('writes a colon of a value as %3A where the subject escapes it', () => {
    const values = { owner: 'acme', repository: 'app', environment: 'eu:prod' }
    expect(print(subject, values, 'colon')).toBe('repo:acme/app:environment:eu%3Aprod')
    expect(print(subject, values)).toBe('repo:acme/app:environment:eu:prod')
  })
})

describe('parsing', () => {
  test('reads facts and takes escapes back', () => {
    expect(parse(subject, 'repo:acme/app:environment:eu%3Aprod', facts, 'colon')).toEqual({
      owner: 'acme',
      repository: 'app',
      environment: 'eu:prod',
    })
  })

  test('a colon that the issuer would have escaped is no value', () => {
    expect(parse(subject, 'repo:acme/app:environment:eu:prod', facts, 'colon')).toBeNull()
  })

  test('nested groups go to the group, the last segment to the project', () => {
    expect(parse('project_path:{group}/{project}', 'project_path:a/b/c/web', facts)).toEqual({
      group: 'a/b/c',
      project: 'web',
    })
  })

  test('a fact named twice has one value', () => {
    const template = 'https://token.actions.{owner}.ghe.com/{owner}'
    expect(parse(template, 'https://token.actions.acme.ghe.com/acme', facts)).toEqual({ owner: 'acme' })
    expect(parse(template, 'https://token.actions.acme.ghe.com/evil', facts)).toBeNull()
  })

  test.each([
    'repo:acme/app',
    'repo:acme/app:environment:',
    'xrepo:acme/app:environment:p',
    'repo:ac me/app:environment:p',
    'repo:acme/app:environment:p\n',
    '',
  ])('refuses %j', (text) => {
    expect(parse(subject, text, facts, 'colon')).toBeNull()
  })

  test('a fact that the table does not have is never read', () => {
    expect(parse('{toString}', 'x', facts)).toBeNull()
  })

  test('a text over the limit is not read', () => {
    expect(parse('{group}', 'a'.repeat(templateTextMax), facts)).not.toBeNull()
    expect(parse('{group}', 'a'.repeat(templateTextMax + 1), facts)).toBeNull()
  })

  test('hostile text with thousands of readings is given up', () => {
    const template = '{url}:{url2}:{url3}:{url4}:{url5}!'
    const urls = Object.fromEntries(['url', 'url2', 'url3', 'url4', 'url5'].map((name) => [name, fact('[^\\s]+')]))
    expect(parse(template, ':'.repeat(templateTextMax), urls)).toBeNull()
  })
})

describe('the pattern', () => {
  const matches = (text: string, escaping: 'none' | 'colon' = 'colon') =>
    new RegExp(`^(?:${pattern(subject, facts, escaping)})$`).test(text)

  test('accepts what is printed, and takes characters of the template literally', () => {
    expect(matches('repo:acme/app:environment:eu%3Aprod')).toBe(true)
    expect(new RegExp(`^${pattern('a.b', {})}$`).test('axb')).toBe(false)
  })

  test('has no bare colon inside an escaped value', () => {
    expect(matches('repo:acme/app:environment:eu:prod')).toBe(false)
    expect(matches('repo:acme/app:environment:eu:prod', 'none')).toBe(true)
  })

  test.each([
    ['.', 'x', '%3A', ':'],
    ['\\S+', 'x%3Ay', '%3A%3A', 'x:y'],
    ['[^/]+', 'a%3Ab', '%3A', 'a:b'],
    ['[a:]{2}', 'a%3A', '%3A%3A', 'a:'],
    ['(?:a|b:c)', 'b%3Ac', 'a', 'b:c'],
    ['\\W', '-', '%3A', ':'],
  ])('of a value %s is escaped', (source, one, two, not) => {
    const expression = new RegExp(`^(?:${pattern('{x}', { x: fact(source) }, 'colon')})$`)
    expect([one, two, not].map((text) => expression.test(text))).toEqual([true, true, false])
  })
})

describe('printing and parsing are inverse', () => {
  const owner = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/)
  const repository = fc.stringMatching(/^[\w.-]{1,20}$/)
  const environment = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !/[\r\n]/.test(text))

  test('whatever the values are, with escaped colons', () => {
    fc.assert(
      fc.property(owner, repository, environment, (...[o, r, e]) => {
        const values = { owner: o, repository: r, environment: e }
        const text = print(subject, values, 'colon') ?? ''
        expect(new RegExp(`^(?:${pattern(subject, facts, 'colon')})$`).test(text)).toBe(true)
        const back = parse(subject, text, facts, 'colon')
        expect(back).toEqual({ ...values, environment: e.replaceAll('%3A', ':') })
      }),
    )
  })

  test('what is read prints back, for any text', () => {
    const text = fc.array(fc.constantFrom('repo:', 'a', '/', ':', 'environment:', '%3A', 'b'), { maxLength: 14 })
    fc.assert(
      fc.property(text, (parts) => {
        const reading = parse(subject, parts.join(''), facts, 'colon')
        if (reading) expect(print(subject, reading, 'colon')).toBe(parts.join(''))
      }),
    )
  })
})

test('facts of a template are named once each', () => {
  expect(factNamesOf('{owner}/{repository}/x@{owner}')).toEqual(['owner', 'repository'])
})
