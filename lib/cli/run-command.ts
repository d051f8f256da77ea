import { parseArgs } from 'node:util'
import { closest, distance } from 'fastest-levenshtein'
import { databaseProblemOf, problemSentences } from '@/lib/db/database-problem'
import { messageOf as innermostOf } from '@/lib/db/failure-codes'
import { visibleText } from '@/lib/trust/unseen'
import { version } from '@/package.json'
import { type Command, type OptionValues, Refused, type Terminal, WrongUsage } from './command'
import { commands } from './commands'
import { helpOf, overview } from './help'

/**
 * Runs the command that the arguments name.
 * @returns the exit code: 0 success, 1 a finding, a refusal or a failure, 2 wrong usage
 */
export async function runCommand(
  args: readonly string[],
  { print, say, ...rest }: Terminal,
  known: readonly Command[] = commands,
): Promise<0 | 1 | 2> {
  const terminal = { ...rest, print: (line: string) => print(inert(line)), say: (line: string) => say(inert(line)) }
  try {
    const [name, ...given] = args
    if (name === '--version') return shown(terminal, version)
    if (name === undefined || name === 'help' || isHelp(name)) return shown(terminal, overview(known))
    const command = commandOf(name, known)
    if (beforeDashes(given).some(isHelp)) return shown(terminal, helpOf(command))
    return await command.run(parsed(command, given), terminal)
  } catch (error) {
    // A message may quote a file or an answer that a stranger made.
    terminal.say(visibleText(messageOf(error)))
    return error instanceof WrongUsage ? 2 : 1
  }
}

/**
 * A text without characters that a terminal takes for orders, whatever a file holds that was read. Each is written as JSON may write it in a string, so
 * lines of JSON say the same as before.
 */
const inert = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })

const isHelp = (argument: string) => argument === '--help' || argument === '-h'

/** What follows `--` is no option. */
const beforeDashes = (args: string[]) => (args.includes('--') ? args.slice(0, args.indexOf('--')) : args)

function shown(terminal: Terminal, text: string): 0 {
  terminal.print(text)
  return 0
}

/** @throws WrongUsage */
function commandOf(name: string, known: readonly Command[]): Command {
  const command = known.find((one) => one.name === name)
  if (command) return command
  const names = known.map((one) => one.name)
  const nearest = closest(name, names)
  // Further apart than half its letters, a name resembles by chance.
  const isNear = distance(name, nearest) <= Math.max(2, nearest.length / 2)
  const hint = isNear ? ` Did you mean ${nearest}?` : ''
  throw new WrongUsage(`There is no command ${JSON.stringify(name)}.${hint} See keybound --help.`)
}

/** @throws WrongUsage */
function parsed({ name, options, operands }: Command, args: string[]) {
  const table = Object.fromEntries(
    Object.entries(options).map(([key, { type, short, multiple }]) => [
      key,
      { type, ...(short && { short }), ...(multiple && { multiple }) },
    ]),
  )
  const given = understood(name, () => parseArgs({ args, options: table, allowPositionals: true, strict: true }))
  const missing = operands[given.positionals.length]
  if (missing && !missing.optional) throw new WrongUsage(`${missing.name} is missing. See keybound ${name} --help.`)
  const extra = operands.at(-1)?.multiple ? undefined : given.positionals[operands.length]
  if (extra !== undefined) {
    throw new WrongUsage(`${JSON.stringify(extra)} is one argument too many. See keybound ${name} --help.`)
  }
  return { operands: given.positionals, options: given.values as OptionValues<Command['options']> }
}

function understood<Result>(name: string, parse: () => Result): Result {
  try {
    return parse()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.split(/\. To specify|\n/, 1)[0]?.replace(/\.$/, '') : ''
    throw new WrongUsage(`${problem}. See keybound ${name} --help.`, { cause })
  }
}

/** One sentence for what the caller can change; a failure of ours with the place where it happened. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const expected = error instanceof WrongUsage || error instanceof Refused || expectedNames.includes(error.name)
  if (expected) return error.message
  // Failures of files and of the network, which have a system call, are told by the command that knows what they were for.
  const problem = 'syscall' in error ? null : databaseProblemOf(error)
  return problem
    ? problemSentences[problem].replace(/\.$/, ` (${innermostOf(error)}).`)
    : (error.stack ?? error.message)
}

/** By name: the classes are in modules that a command loads only when it needs them. */
const expectedNames = ['AppError', 'EnvError', 'DatabaseError', 'BackupError']
