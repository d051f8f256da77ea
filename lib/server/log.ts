import pino from 'pino'

/** Structured log on standard output. What could carry a credential never reaches it: redaction is the second line. */
export const log = pino({
  base: null,
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
})
