import type { Command, Operand } from './command'

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  return [
    'Usage: keybound COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'keybound COMMAND --help says what a command takes; keybound --version names this version.',
    'Exit codes: 0 success, 1 something found or refused, 2 wrong usage.',
  ].join('\n')
}

/** What a command does and takes. */
export function helpOf({ name, summary, details, operands, options }: Command): string {
  const optionRows = Object.entries(options).map(([option, { short, value, type, multiple, about }]) => {
    const argument = type === 'string' ? ` ${value ?? 'VALUE'}` : ''
    return [`${short ? `-${short}, ` : ''}--${option}${argument}`, multiple ? `${about} (may be repeated)` : about]
  })
  return [
    ['Usage: keybound', name, ...operands.map(written), optionRows.length > 0 ? '[OPTIONS]' : ''].join(' ').trimEnd(),
    '',
    `${summary}.`,
    ...(details ? ['', details] : []),
    ...(operands.length > 0 ? ['', 'Arguments:', ...columns(operands.map(({ name, about }) => [name, about]))] : []),
    ...(optionRows.length > 0 ? ['', 'Options:', ...columns(optionRows)] : []),
  ].join('\n')
}

function written({ name, optional, multiple }: Operand): string {
  const several = multiple ? `${name} …` : name
  return optional ? `[${several}]` : several
}

function columns(rows: string[][]): string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length))
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`)
}
