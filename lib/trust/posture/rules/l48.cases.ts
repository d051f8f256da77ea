import { defineCases, plain } from '../cases'

const pairs = (...names: [string, string | null][]) =>
  plain({}, { seen: { accepted: 1, lastAcceptedAt: 0, names: names.map(([name, id]) => ({ name, id })) } })

export const l48Cases = defineCases({
  rule: 'L48',
  withoutFix: 'A person has to find out who has the name now.',
  raises: [
    {
      title: 'a repository with two ids',
      subject: pairs(['acme/web', '1'], ['acme/web', '2']),
      says: 'acme/web came with 1 and 2',
    },
    { title: 'a repository whose id is gone', subject: pairs(['acme/web', '1'], ['acme/web', null]), says: 'no id' },
    { title: 'a repository that was renamed', subject: pairs(['acme/web', '1'], ['acme/site', '1']), severity: 'info' },
  ],
  silent: [
    { title: 'one id each', subject: pairs(['acme/web', '1'], ['acme/api', '2']) },
    { title: 'the same pair again', subject: pairs(['acme/web', '1'], ['acme/web', '1']) },
    { title: 'no record', subject: plain({}, { seen: { accepted: 0, lastAcceptedAt: null } }), isUnknown: true },
  ],
})
