import type { Readable, Writable } from 'node:stream'

/** An option of the command line: as `parseArgs` of `node:util` takes it, with what `--help` says of it. */
export type Option = {
  type: 'string' | 'boolean'
  /** A single letter. */
  short?: string
  /** May be given several times. */
  multiple?: boolean
  /** Placeholder of the value in `--help`: FILE, DAYS. */
  value?: string
  about: string
}

export type OptionTable = Record<string, Option>

type ValueOf<One extends Option> = One['type'] extends 'boolean' ? boolean : string

/** The values that were given, by the names of the options. */
export type OptionValues<Options extends OptionTable> = {
  [Name in keyof Options]?: Options[Name] extends { multiple: true } ? ValueOf<Options[Name]>[] : ValueOf<Options[Name]>
}

/** An argument that is not an option. */
export type Operand = { name: string; about: string; optional?: boolean; multiple?: boolean }

/** What a command has of the process, so that a test can be the process. */
export type Terminal = {
  stdin: Readable
  /** For results that are no lines of text. */
  stdout: Writable
  /** Writes a line to the standard output: the result, for people or programs. */
  print(line: string): void
  /** Writes a line to the standard error output: progress, warnings, why something is refused. */
  say(line: string): void
  /** Absolute path of a file as the caller named it. */
  pathOf(file: string): string
}

/** 0: done, nothing found · 1: something was found, or the act is refused · 2: wrong usage, which is thrown as `WrongUsage`. */
export type ExitCode = 0 | 1

export type Command<Options extends OptionTable = OptionTable> = {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What else `--help` says, in lines of at most 100 characters. */
  details?: string
  operands: readonly Operand[]
  options: Options
  /**
   * Does the work. Loads what it needs (services, the database) by `import()`, so that other commands start without it.
   * @throws WrongUsage, Refused, or the errors of services, whose messages are shown
   */
  run(given: { operands: string[]; options: OptionValues<Options> }, terminal: Terminal): Promise<ExitCode>
}

/** Returns the command with its options as the types of what `run` is given. */
export function defineCommand<const Options extends OptionTable>(command: Command<Options>): Command {
  return command as unknown as Command
}

/** The command line cannot be understood; exit code 2. */
export class WrongUsage extends Error {
  override name = 'WrongUsage'
}

/** The act is refused; exit code 1. The message is one sentence that says what to change. */
export class Refused extends Error {
  override name = 'Refused'
}
