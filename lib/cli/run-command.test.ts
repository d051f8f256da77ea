import { readdirSync } from 'node:fs'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { type Command, defineCommand, Refused, WrongUsage } from './command'
import { commands } from './commands'
import { runCommand } from './run-command'

const copy = defineCommand({
  name: 'copy',
  summary: 'Copy a file',
  details: 'More about copying.',
  operands: [
    { name: 'FROM', about: 'the file' },
    { name: 'TO', about: 'where to', optional: true, multiple: true },
  ],
  options: {
    force: { type: 'boolean', short: 'f', about: 'overwrite' },
    mode: { type: 'string', value: 'MODE', about: 'its mode' },
    tag: { type: 'string', multiple: true, about: 'a tag' },
  },
  async run({ operands, options }, { print }) {
    print(JSON.stringify({ operands, ...options }))
    return 0
  },
})
const list = defineCommand({
  ...{ name: 'list', summary: 'List files', operands: [], options: {} },
  run: async () => 1,
})
const throwing = (error: unknown) =>
  defineCommand({
    ...{ name: 'throw', summary: 'Throw', operands: [], options: {} },
    run: () => Promise.reject(error),
  })

async function run(args: string[], known: readonly Command[] = [copy, list]) {
  const lines = { out: [] as string[], err: [] as string[] }
  const code = await runCommand(
    args,
    {
      stdin: Readable.from([]),
      stdout: new PassThrough(),
      print: (line) => void lines.out.push(line),
      say: (line) => void lines.err.push(line),
      pathOf: (file) => file,
    },
    known,
  )
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') }
}

test('operands and options reach the command by their names', async () => {
  const { code, out } = await run(['copy', 'a', '-f', '--tag', 'x', '--tag=y', 'b', '--', '--c'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ operands: ['a', 'b', '--c'], force: true, tag: ['x', 'y'] })
})

test('what a file says gives a terminal no orders, and lines of JSON say the same', async () => {
  const hostile = '\u001b[2J\u009b8m\r\u0000\u007f é ‑'
  const { out } = await run(['copy', hostile])
  expect(out).toMatch(/^[^\p{Cc}]+$/u)
  expect(JSON.parse(out).operands).toEqual([hostile])
  const { err } = await run(['throw'], [throwing(new Refused(hostile))])
  expect(err).toMatch(/^[^\p{Cc}]+$/u)
})

test('the exit code is 1 where the command has found something, without a message of its own', async () => {
  expect(await run(['list'])).toEqual({ code: 1, out: '', err: '' })
})

test.each([
  ['a command that is not there', ['cpoy', 'a'], /no command "cpoy"\. Did you mean copy\?/],
  [
    'a command that resembles none',
    ['photosynthesis'],
    /^There is no command "photosynthesis"\. See keybound --help\.$/,
  ],
  ['an option that is not there', ['copy', 'a', '--farce'], /'--farce'.* See keybound copy --help\.$/],
  ['an option without its value', ['copy', 'a', '--mode'], /--mode.* See keybound copy --help\.$/s],
  ['a value for an option that takes none', ['copy', 'a', '--force=yes'], /--force/],
  ['a missing argument', ['copy'], /^FROM is missing\. See keybound copy --help\.$/],
  ['an argument too many', ['list', 'x'], /^"x" is one argument too many\. See keybound list --help\.$/],
])('%s is wrong usage: exit code 2 and one line on the error output', async (_, args, message) => {
  const { code, out, err } = await run(args)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toMatch(message)
  expect(err).not.toContain('\n')
})

test.each([[[]], [['--help']], [['-h']], [['help']]])('%j lists the commands on the standard output', async (args) => {
  const { code, out, err } = await run(args)
  expect(code).toBe(0)
  expect(err).toBe('')
  expect(out).toContain('  copy  Copy a file\n  list  List files')
})

test('--help of a command describes it and does not run it, whatever else is given', async () => {
  const { code, out } = await run(['copy', '--mode', '--help'])
  expect(code).toBe(0)
  expect(out).toBe(
    [
      'Usage: keybound copy FROM [TO …] [OPTIONS]',
      '',
      'Copy a file.',
      '',
      'More about copying.',
      '',
      'Arguments:',
      '  FROM  the file',
      '  TO    where to',
      '',
      'Options:',
      '  -f, --force  overwrite',
      '  --mode MODE  its mode',
      '  --tag VALUE  a tag (may be repeated)',
    ].join('\n'),
  )
})

test('--help after -- is an argument', async () => {
  expect(JSON.parse((await run(['copy', '--', '--help'])).out)).toEqual({ operands: ['--help'] })
})

test('a refusal is its sentence, a failure of ours says where it happened', async () => {
  const refused = new Refused('The file is damaged; give another.')
  expect(await run(['throw'], [throwing(refused)])).toEqual({ code: 1, out: '', err: refused.message })
  const answered = new AppError('conflict', 'It exists already.')
  expect(await run(['throw'], [throwing(answered)])).toEqual({ code: 1, out: '', err: answered.message })
  const usage = new WrongUsage('DAYS must be a whole number.')
  expect(await run(['throw'], [throwing(usage)])).toEqual({ code: 2, out: '', err: usage.message })
  const fault = await run(['throw'], [throwing(new TypeError('x is undefined'))])
  expect(fault.code).toBe(1)
  expect(fault.err).toMatch(/TypeError: x is undefined\n\s+at /)
})

// https://www.sqlite.org/rescode.html#full, https://www.postgresql.org/docs/current/errcodes-appendix.html
test.each([
  ['SQLite', Object.assign(new Error('database or disk is full'), { errcode: 13 }), /^There is no space left/],
  ['PostgreSQL', Object.assign(new Error('could not extend file'), { code: '53100' }), /^There is no space left/],
  ['PostgreSQL', new Error('Connection terminated unexpectedly'), /^The database does not answer \(/],
])('a failure of %s is one line that says what is wrong with the database', async (_, failure, message) => {
  const { code, err } = await run(['throw'], [throwing(failure)])
  expect(code).toBe(1)
  expect(err).toMatch(message)
  expect(err).toContain(failure.message)
  expect(err).not.toContain('\n')
})

test.each(commands.map((command) => [command.name, command] as const))(
  '%s has help that fits a terminal',
  async (name) => {
    const { code, out } = await run([name, '--help'], commands)
    expect(code).toBe(0)
    expect(out.split('\n').filter((line) => line.length > 120)).toEqual([])
  },
)

test('names of commands and options are words that can be typed', () => {
  const names = commands.flatMap(({ name, options }) => [name, ...Object.keys(options)])
  expect(names.filter((name) => !/^[a-z][a-z-]*$/.test(name))).toEqual([])
})

test('every file of the folder of commands is registered under its name', () => {
  const files = readdirSync(path.join(import.meta.dirname, 'commands')).filter((file) => !file.endsWith('.test.ts'))
  expect(commands.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort())
})
