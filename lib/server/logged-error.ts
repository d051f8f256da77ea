/** Errors of a chain that are shown. */
const chainMax = 5

/**
 * An error as the log shows it: names, messages, codes and where it happened, of it and what caused it. Other members are left out:
 * libraries put claims (jose) and rows (pg) there.
 */
export function loggedError(error: unknown): unknown {
  return shown(error, chainMax)
}

function shown(error: unknown, left: number): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? withoutTokens(error) : typeof error
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined
  return {
    type: error.name,
    message: withoutTokens(error.message),
    ...(code !== undefined && { code }),
    stack: withoutTokens(error.stack ?? ''),
    ...(error.cause !== undefined && left > 1 && { cause: shown(error.cause, left - 1) }),
  }
}

/** A text without what has the form of a token: three parts of base64url, the first of them JSON. */
export const withoutTokens = (text: string) => text.replaceAll(/\beyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*)*/g, '[token]')
