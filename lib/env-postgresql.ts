export function isPostgresqlUrl(url: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) return false
  return new URL(url).pathname.length > 1
}

/**
 * What is wrong with a PostgreSQL URL that can be read as a URL: a sentence without the URL, which may carry a password; null where
 * nothing is. A value that `pg` or this server would leave aside without a word is wrong: with a misspelt `sslmode` the connection would
 * not be encrypted.
 */
export function postgresqlUrlProblem(name: string, text: string): string | null {
  const { username, password, pathname, searchParams } = new URL(text)
  const parts = { user: username, password, database: pathname }
  for (const [part, written] of Object.entries(parts)) {
    if (isPercentEncoded(written)) continue
    return `The ${part} in ${name} has a % that is not followed by two hexadecimal digits; write %25 for the character %.`
  }
  for (const [parameter, values] of Object.entries(valuesOf)) {
    const given = searchParams.get(parameter)
    if (given === null || values.includes(given)) continue
    return `${name} has ${parameter}=${JSON.stringify(given)}; set it to ${values.join(', ')}, or leave it out.`
  }
  const schema = searchParams.get('schema') ?? 'public'
  if (searchParams.get('pgbouncer') !== 'true' || schema === 'public') return null
  return `${name} has both schema= and pgbouncer=true: behind a pooler in transaction mode a connection does not keep its schema; use another database instead of a schema, or session mode without pgbouncer=true.`
}

/** PostgreSQL, 34.1.2 "Parameter Key Words", and `no-verify` of `pg`; `pgbouncer` is Prisma's. */
const valuesOf: Record<string, readonly string[]> = {
  sslmode: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'],
  pgbouncer: ['true', 'false'],
}

/** Whether each % of a part of a URL begins an escape of UTF-8 (RFC 3986 §2.1). */
export function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
