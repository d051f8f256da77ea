import { format, stripVTControlCharacters } from 'node:util'
import pino from 'pino'
import { loggedError, withoutTokens } from './logged-error'

/**
 * Structured log on standard output, a JSON object a line. What could carry a credential never reaches it: redaction is the second
 * line. Written beside the requests, and whole when the process ends by itself.
 */
export const log = pino(
  {
    base: null,
    serializers: { err: loggedError },
    redact: {
      paths: [
        '*.password',
        '*.jwt',
        '*.token',
        '*.accessToken',
        '*.authorization',
        '*.cookie',
        'password',
        'jwt',
        'token',
      ],
      censor: '[masked]',
    },
  },
  // Where its reader stalls, lines are lost, and no memory is.
  pino.destination({ sync: false, maxLength: 8_000_000 }),
)

/** From here on, what libraries write to the console is logged, so that every line is JSON. */
export function logConsole(on: Pick<Console, 'log' | 'info' | 'warn' | 'error' | 'debug'> = console): void {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => {
    return (...said: unknown[]) => log[level](withoutTokens(stripVTControlCharacters(format(...said)).trim()))
  }
  Object.assign(on, { debug: at('debug'), log: at('info'), info: at('info'), warn: at('warn'), error: at('error') })
}
