import path from 'node:path'
import { z } from 'zod'
import { isPostgresqlUrl, postgresqlUrlProblem } from './env-postgresql'
import { EnvError, keptSecret } from './env-secret'
import { type RecordKind, recordKinds, retentionDaysMax, retentionDaysMin, retentionVariable } from './model/retention'
import { perProcess } from './per-process'

export { EnvError }

/** Settings of the operator, parsed and complete. README lists the same names. */
export type Env = {
  PORT: number
  HOST: string
  /** Absolute: `file:/srv/keybound/data/keybound.db`, or a `postgresql://` URL. */
  DATABASE_URL: string
  database: 'sqlite' | 'postgresql'
  /** A streaming replica of the PostgreSQL database, for lists; undefined = none. */
  DATABASE_REPLICA_URL: string | undefined
  /** Lists are read from the primary while the replica is further behind than this. */
  DATABASE_REPLICA_MAX_LAG_SECONDS: number
  /** Absolute folder for what is kept beside the database. */
  dataFolder: string
  KEYBOUND_SECRET: string
  /** The secret before this one, while everything sealed with it is sealed anew. */
  KEYBOUND_PREVIOUS_SECRET: string | undefined
  /** How old the key that signs access tokens grows before it is replaced; undefined = replaced by hand only. */
  KEYBOUND_SIGNING_KEY_DAYS: number | undefined
  /** Where the secret is kept, and whether it was made just now; null where it was given as KEYBOUND_SECRET. */
  secretFile: { path: string; isNew: boolean } | null
  /** Origin people and machines reach this installation at, without a trailing slash. */
  PUBLIC_URL: string
  TRUSTED_PROXY_HOPS: number
  /** As written; lib/net reads it. */
  KEY_FETCH_ALLOWED_ORIGINS: string
  WEBHOOK_ALLOWED_ORIGINS: string
  /** How long the last good keys of a source serve while it fails. */
  KEY_LAST_GOOD_SECONDS: number
  METRICS_TOKEN: string | undefined
  /** What is logged: this and what is graver. */
  LOG_LEVEL: (typeof logLevels)[number]
  /** How many processes serve, on one port. */
  KEYBOUND_WORKERS: number
  /** Absolute path of a YAML or JSON file of issuers; lib/server reads it at start. */
  KEYBOUND_STATIC_ISSUERS: string | undefined
  /** Status of ZITADEL's API where nothing would change: 409 as its document says, or 400 as its servers do. */
  ZITADEL_PRECONDITION_STATUS: 409 | 400
  /** Where gRPC is served over HTTP/2; undefined = nowhere. */
  GRPC_PORT: number | undefined
  /** Absolute paths of PEM files, both or neither; without them gRPC is served in clear text. */
  GRPC_TLS_CERT: string | undefined
  GRPC_TLS_KEY: string | undefined
  /** How many days a kind of record is kept; a kind that is not named is left to the settings page. */
  retentionDays: Partial<Record<RecordKind, number>>
}

/**
 * The settings of this process, parsed at the first call and the same from then on.
 * @throws EnvError
 */
export function env(): Env {
  // Next bundles this file more than once; the first call (in server.ts) parses for all.
  held.value ??= parseEnv(process.env, process.cwd())
  return held.value
}

const held = perProcess<Env>('env')

/**
 * Reads settings from `source`; an empty value counts as not set. Relative database files are looked for under `root`.
 * Makes the secret file when there is neither a secret nor a file.
 * @throws EnvError for the first setting that is wrong
 */
export function parseEnv(source: Record<string, string | undefined>, root: string): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim() !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) throw new EnvError(parsed.error.issues[0]?.message ?? 'A setting is wrong.')
  const settings = parsed.data

  requireWholeGrpc(settings)
  const database = settings.DATABASE_URL.startsWith('file:') ? 'sqlite' : 'postgresql'
  requireUsable('DATABASE_URL', settings.DATABASE_URL)
  requireUsable('DATABASE_REPLICA_URL', settings.DATABASE_REPLICA_URL)
  requireReplicaOf(settings)
  const databaseFile = path.resolve(root, settings.DATABASE_URL.replace(/^file:(\/\/(?=\/))?/, ''))
  const dataFolder = database === 'sqlite' ? path.dirname(databaseFile) : path.resolve(root, 'data')
  const kept = settings.KEYBOUND_SECRET === undefined ? keptSecret(dataFolder) : null
  return {
    ...settings,
    DATABASE_URL: database === 'sqlite' ? `file:${databaseFile}` : settings.DATABASE_URL,
    database,
    DATABASE_REPLICA_URL: settings.DATABASE_REPLICA_URL,
    dataFolder,
    KEYBOUND_SECRET: settings.KEYBOUND_SECRET ?? kept?.secret ?? '',
    KEYBOUND_PREVIOUS_SECRET: settings.KEYBOUND_PREVIOUS_SECRET,
    KEYBOUND_SIGNING_KEY_DAYS: settings.KEYBOUND_SIGNING_KEY_DAYS,
    secretFile: kept && { path: kept.path, isNew: kept.isNew },
    PUBLIC_URL: settings.PUBLIC_URL ?? `http://${hostForUrl(settings.HOST)}:${settings.PORT}`,
    METRICS_TOKEN: settings.METRICS_TOKEN,
    GRPC_PORT: settings.GRPC_PORT,
    KEYBOUND_STATIC_ISSUERS: settings.KEYBOUND_STATIC_ISSUERS && path.resolve(root, settings.KEYBOUND_STATIC_ISSUERS),
    retentionDays: retentionDaysOf(given),
    GRPC_TLS_CERT: settings.GRPC_TLS_CERT && path.resolve(root, settings.GRPC_TLS_CERT),
    GRPC_TLS_KEY: settings.GRPC_TLS_KEY && path.resolve(root, settings.GRPC_TLS_KEY),
  }
}

/** @throws EnvError for a PostgreSQL URL of which a part is wrong */
function requireUsable(name: string, url: string | undefined): void {
  const problem = url?.startsWith('postgres') ? postgresqlUrlProblem(name, url) : null
  if (problem) throw new EnvError(problem)
}

/** @throws EnvError for a replica that cannot be one of the database */
function requireReplicaOf({ DATABASE_URL: url, DATABASE_REPLICA_URL: replica }: z.output<typeof Settings>): void {
  if (replica === undefined) return
  if (url.startsWith('file:')) {
    throw new EnvError(
      'DATABASE_REPLICA_URL is set and DATABASE_URL names a SQLite file, which has no replicas; unset it, or use PostgreSQL.',
    )
  }
  const schemaOf = (text: string) => new URL(text).searchParams.get('schema') ?? 'public'
  if (schemaOf(replica) !== schemaOf(url)) {
    throw new EnvError('DATABASE_REPLICA_URL names another schema (?schema=) than DATABASE_URL; give both the same.')
  }
}

/** @throws EnvError for settings of gRPC that are of no use, or that leave out what they need */
function requireWholeGrpc({ PORT, GRPC_PORT, GRPC_TLS_CERT, GRPC_TLS_KEY }: z.output<typeof Settings>): void {
  if ((GRPC_TLS_CERT === undefined) !== (GRPC_TLS_KEY === undefined)) {
    const missing = GRPC_TLS_CERT === undefined ? 'GRPC_TLS_CERT' : 'GRPC_TLS_KEY'
    throw new EnvError(`${missing} is not set; set both GRPC_TLS_CERT and GRPC_TLS_KEY, or neither for clear text.`)
  }
  if (GRPC_TLS_CERT !== undefined && GRPC_PORT === undefined) {
    throw new EnvError(
      'GRPC_TLS_CERT is set and GRPC_PORT is not; set GRPC_PORT to serve gRPC, or unset GRPC_TLS_CERT.',
    )
  }
  if (GRPC_PORT === PORT) {
    throw new EnvError(`GRPC_PORT is ${GRPC_PORT}, as PORT is; set it to another port, for gRPC needs one of its own.`)
  }
}

const numberWithin = (name: string, min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: ({ input }) => `${name} is ${JSON.stringify(input)}; set it to a whole number from ${min} to ${max}.`,
    })
    .transform(Number)

const wholeNumber = (name: string, min: number, max: number, fallback: number) =>
  numberWithin(name, min, max).default(fallback)

/** @throws EnvError */
function retentionDaysOf(given: Record<string, string | undefined>): Env['retentionDays'] {
  const days: Env['retentionDays'] = {}
  for (const kind of recordKinds) {
    const name = retentionVariable(kind)
    if (given[name] === undefined) continue
    const parsed = numberWithin(name, retentionDaysMin, retentionDaysMax).safeParse(given[name])
    if (!parsed.success) throw new EnvError(parsed.error.issues[0]?.message ?? 'A setting is wrong.')
    days[kind] = parsed.data
  }
  return days
}

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const

const Settings = z.object({
  PORT: wholeNumber('PORT', 1, 65_535, 3000),
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine((host) => /^[A-Za-z0-9._:%-]+$/.test(host), {
      error: ({ input }) =>
        `HOST is ${JSON.stringify(input)}; set it to an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0.`,
    }),
  DATABASE_URL: z
    .string()
    .default('file:./data/keybound.db')
    .refine((url) => isSqliteFile(url) || isPostgresqlUrl(url), {
      // The value may carry a password, so it is not repeated.
      error: 'DATABASE_URL must be file:<path to a SQLite file> or postgresql://user:password@host:5432/database.',
    }),
  DATABASE_REPLICA_URL: z
    .string()
    .refine(isPostgresqlUrl, {
      error: 'DATABASE_REPLICA_URL must be postgresql://user:password@host:5432/database.',
    })
    .optional(),
  DATABASE_REPLICA_MAX_LAG_SECONDS: wholeNumber('DATABASE_REPLICA_MAX_LAG_SECONDS', 1, 600, 10),
  KEYBOUND_SECRET: z
    .string()
    .min(32, 'KEYBOUND_SECRET is too short; set it to at least 32 random characters, or unset it to have one made.')
    .optional(),
  KEYBOUND_PREVIOUS_SECRET: z
    .string()
    .min(32, 'KEYBOUND_PREVIOUS_SECRET is too short; set it to what KEYBOUND_SECRET was before, or unset it.')
    .optional(),
  KEYBOUND_SIGNING_KEY_DAYS: numberWithin('KEYBOUND_SIGNING_KEY_DAYS', 1, 3_650).optional(),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, {
      error: ({ input }) =>
        `PUBLIC_URL is ${JSON.stringify(withoutUser(input))}; set it to the address people use, such as https://keybound.example.com, without a path.`,
    })
    .transform((url) => new URL(url).origin)
    .optional(),
  TRUSTED_PROXY_HOPS: wholeNumber('TRUSTED_PROXY_HOPS', 0, 32, 0),
  KEY_FETCH_ALLOWED_ORIGINS: z.string().default(''),
  WEBHOOK_ALLOWED_ORIGINS: z.string().default(''),
  KEY_LAST_GOOD_SECONDS: wholeNumber('KEY_LAST_GOOD_SECONDS', 0, 30 * 86_400, 86_400),
  METRICS_TOKEN: z
    .string()
    .min(16, 'METRICS_TOKEN is too short; set it to at least 16 random characters, or unset it to turn metrics off.')
    .optional(),
  LOG_LEVEL: z
    .enum(logLevels, {
      error: ({ input }) => `LOG_LEVEL is ${JSON.stringify(input)}; set it to ${logLevels.join(', ')}.`,
    })
    .default('info'),
  KEYBOUND_STATIC_ISSUERS: z.string().optional(),
  KEYBOUND_WORKERS: wholeNumber('KEYBOUND_WORKERS', 1, 64, 1),
  ZITADEL_PRECONDITION_STATUS: z
    .enum(['409', '400'], {
      error: ({ input }) => `ZITADEL_PRECONDITION_STATUS is ${JSON.stringify(input)}; set it to 409 or 400.`,
    })
    .default('409')
    .transform((text) => (text === '409' ? 409 : 400)),
  GRPC_PORT: numberWithin('GRPC_PORT', 1, 65_535).optional(),
  GRPC_TLS_CERT: z.string().optional(),
  GRPC_TLS_KEY: z.string().optional(),
})

function isSqliteFile(url: string): boolean {
  return /^file:(?!\/\/[^/])[^?#\0]*[^/?#\0]$/.test(url) && !url.includes(':memory:')
}

function isOrigin(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false
  const { pathname, search, hash, username, password } = new URL(text)
  return pathname === '/' && `${search}${hash}${username}${password}` === ''
}

/** A URL without its user and password, for messages, which end in logs. */
const withoutUser = (url: unknown) => String(url).replace(/\/\/.*@/, '//…@')

/** http://0.0.0.0 cannot be opened; an IPv6 address needs brackets. */
function hostForUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
