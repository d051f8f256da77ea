import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EnvError, parseEnv } from './env'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keybound-env-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const messageOf = (source: Record<string, string>) => {
  try {
    parseEnv(source, root)
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError)
    return error instanceof Error ? error.message : ''
  }
  return 'accepted'
}

test('nothing has to be set', () => {
  expect(parseEnv({}, root)).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATABASE_URL: `file:${path.join(root, 'data/keybound.db')}`,
    database: 'sqlite',
    dataFolder: path.join(root, 'data'),
    PUBLIC_URL: 'http://127.0.0.1:3000',
    TRUSTED_PROXY_HOPS: 0,
    KEY_FETCH_ALLOWED_ORIGINS: '',
    WEBHOOK_ALLOWED_ORIGINS: '',
    KEY_LAST_GOOD_SECONDS: 86_400,
    METRICS_TOKEN: undefined,
  })
})

test('the file of static issuers is looked for under the root', () => {
  expect(parseEnv({ KEYBOUND_STATIC_ISSUERS: 'issuers.yaml' }, root).KEYBOUND_STATIC_ISSUERS).toBe(
    path.join(root, 'issuers.yaml'),
  )
  expect(parseEnv({ KEYBOUND_STATIC_ISSUERS: '' }, root).KEYBOUND_STATIC_ISSUERS).toBeUndefined()
})

test('an empty value counts as not set', () => {
  expect(parseEnv({ PORT: '', PUBLIC_URL: ' ', METRICS_TOKEN: '' }, root)).toMatchObject({
    PORT: 3000,
    PUBLIC_URL: 'http://127.0.0.1:3000',
    METRICS_TOKEN: undefined,
  })
})

test.each([
  ['PORT', 'abc'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['PORT', '-1'],
  ['PORT', '1e3'],
  ['HOST', 'a b'],
  ['HOST', 'http://localhost'],
  ['DATABASE_URL', 'mysql://localhost/db'],
  ['DATABASE_URL', 'data/keybound.db'],
  ['DATABASE_URL', 'file:'],
  ['DATABASE_URL', 'file:data/'],
  ['DATABASE_URL', 'file::memory:'],
  ['DATABASE_URL', 'file:a.db?mode=ro'],
  ['DATABASE_URL', 'file://host/a.db'],
  ['DATABASE_URL', 'postgresql://localhost'],
  ['DATABASE_URL', 'postgresql://localhost/'],
  ['DATABASE_REPLICA_URL', 'file:data/replica.db'],
  ['DATABASE_REPLICA_MAX_LAG_SECONDS', '0'],
  ['KEYBOUND_SECRET', 'x'.repeat(31)],
  ['KEYBOUND_PREVIOUS_SECRET', 'x'.repeat(31)],
  ['KEYBOUND_SIGNING_KEY_DAYS', '0'],
  ['KEYBOUND_SIGNING_KEY_DAYS', '1.5'],
  ['PUBLIC_URL', 'keybound.example.com'],
  ['PUBLIC_URL', 'https://keybound.example.com/app'],
  ['PUBLIC_URL', 'https://user:pw@keybound.example.com'],
  ['PUBLIC_URL', 'ftp://keybound.example.com'],
  ['TRUSTED_PROXY_HOPS', 'one'],
  ['TRUSTED_PROXY_HOPS', '33'],
  ['KEY_LAST_GOOD_SECONDS', '24h'],
  ['METRICS_TOKEN', 'short'],
  ['LOG_LEVEL', 'verbose'],
])('%s=%s is refused in one sentence that names it', (name, value) => {
  const message = messageOf({ [name]: value })
  expect(message).toMatch(new RegExp(`^${name} .*\\.$`))
  expect(message).not.toContain('\n')
})

test.each([
  ['postgresql://us%er:p@db/keybound', /^The user in DATABASE_URL has a % .*%25/],
  ['postgresql://user:hunter2%zz@db/keybound', /^The password in DATABASE_URL has a % .*%25/],
  ['postgresql://user:p@db/key%bound', /^The database in DATABASE_URL has a % .*%25/],
  ['postgresql://user:p@db/keybound?sslmode=verify-ful', /^DATABASE_URL has sslmode="verify-ful"; .*verify-full/],
  ['postgres://user:p@db/keybound?pgbouncer=1', /^DATABASE_URL has pgbouncer="1"; set it to true, false/],
  ['postgresql://user:p@db/keybound?pgbouncer=true&schema=kb', /^DATABASE_URL has both schema= and pgbouncer=true/],
])('%s is refused, with the part that is wrong and without the password', (DATABASE_URL, message) => {
  expect(messageOf({ DATABASE_URL })).toMatch(message)
  expect(messageOf({ DATABASE_URL })).not.toContain('hunter2')
})

test.each(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'])(
  'sslmode=%s of PostgreSQL is taken, for a replica too',
  (mode) => {
    const url = `postgresql://us%25er:p%23@db/keybound?sslmode=${mode}&pgbouncer=true`
    expect(messageOf({ DATABASE_URL: url, DATABASE_REPLICA_URL: url })).toBe('accepted')
    const replica = { DATABASE_URL: url, DATABASE_REPLICA_URL: url.replace(mode, `${mode}s`) }
    expect(messageOf(replica)).toMatch(/^DATABASE_REPLICA_URL has sslmode=/)
  },
)

test('a wrong database URL, secret or password of a URL is not repeated in the message', () => {
  expect(messageOf({ PUBLIC_URL: 'https://user:hunter2@keybound.example.com' })).not.toContain('hunter2')
  expect(messageOf({ DATABASE_URL: 'mysql://root:hunter2@db/x' })).not.toContain('hunter2')
  expect(messageOf({ KEYBOUND_SECRET: 'hunter2' })).not.toContain('hunter2')
  expect(messageOf({ KEYBOUND_PREVIOUS_SECRET: 'hunter2' })).not.toContain('hunter2')
})

test('a PostgreSQL URL switches the database and keeps the data folder beside the project', () => {
  for (const url of ['postgresql://u:p@db:5432/keybound', 'postgres://u:p@db/keybound?schema=kb']) {
    const parsed = parseEnv({ DATABASE_URL: url }, root)
    expect(parsed).toMatchObject({ database: 'postgresql', DATABASE_URL: url, dataFolder: path.join(root, 'data') })
  }
})

test.each([
  ['file:./x/a.db', 'x/a.db'],
  ['file:a.db', 'a.db'],
  ['file:x y/ä.db', 'x y/ä.db'],
])('%s is looked for under the project', (url, file) => {
  expect(parseEnv({ DATABASE_URL: url }, root).DATABASE_URL).toBe(`file:${path.join(root, file)}`)
})

test('absolute file URLs may be written with one slash or three', () => {
  const file = path.join(root, 'abs.db')
  expect(parseEnv({ DATABASE_URL: `file:${file}` }, root).DATABASE_URL).toBe(`file:${file}`)
  expect(parseEnv({ DATABASE_URL: `file://${file}` }, root).DATABASE_URL).toBe(`file:${file}`)
})

test('the public address is an origin that can be opened', () => {
  expect(parseEnv({ PUBLIC_URL: 'https://Keybound.example.com:443/' }, root).PUBLIC_URL).toBe(
    'https://keybound.example.com',
  )
  expect(parseEnv({ HOST: '0.0.0.0', PORT: '8080' }, root).PUBLIC_URL).toBe('http://localhost:8080')
  expect(parseEnv({ HOST: '::1' }, root).PUBLIC_URL).toBe('http://[::1]:3000')
})

test('a secret that is set is used and none is written', () => {
  const secret = 's'.repeat(32)
  expect(parseEnv({ KEYBOUND_SECRET: secret }, root).KEYBOUND_SECRET).toBe(secret)
  expect(readdirSync(root)).toEqual([])
})

test('a secret file that cannot be read is named', () => {
  mkdirSync(path.join(root, 'data/secret'), { recursive: true })
  expect(() => parseEnv({}, root)).toThrow(/^The secret file .*secret cannot be read .*set KEYBOUND_SECRET\.$/)
})

test('the made secret is kept, long, and readable by its owner only', () => {
  const secret = parseEnv({}, root).KEYBOUND_SECRET
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(parseEnv({}, root).KEYBOUND_SECRET).toBe(secret)
  expect(readFileSync(path.join(root, 'data/secret'), 'utf8').trim()).toBe(secret)
  expect(statSync(path.join(root, 'data/secret')).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.join(root, 'data'))).toEqual(['secret'])
})

test('a damaged secret file is not silently replaced', () => {
  mkdirSync(path.join(root, 'data'))
  writeFileSync(path.join(root, 'data/secret'), 'short')
  expect(messageOf({})).toMatch(/does not hold a secret of at least 32 characters/)
  expect(readFileSync(path.join(root, 'data/secret'), 'utf8')).toBe('short')
})

test('a data folder that cannot be made is one sentence', () => {
  writeFileSync(path.join(root, 'data'), 'a file where the folder should be')
  expect(messageOf({})).toMatch(/^The folder .*data cannot be made .*change DATABASE_URL\.$/)
})

test('a folder where the system allows none is one sentence, not a start that hangs', () => {
  if (process.platform === 'linux') {
    expect(messageOf({ DATABASE_URL: 'file:/proc/keybound/keybound.db' })).toMatch(/change DATABASE_URL\.$/)
  }
})

test('a period of retention is fixed by its variable, and only then', () => {
  expect(parseEnv({}, root).retentionDays).toEqual({})
  expect(
    parseEnv({ RETENTION_REFUSED_DECISIONS_DAYS: '7', RETENTION_AUDIT_ENTRIES_DAYS: '' }, root).retentionDays,
  ).toEqual({ 'refused-decisions': 7 })
})

test.each(['0', '3651', '-1', '1.5', '30d', 'never'])('a period of retention of %j is refused by name', (days) => {
  expect(messageOf({ RETENTION_AUDIT_ENTRIES_DAYS: days })).toBe(
    `RETENTION_AUDIT_ENTRIES_DAYS is ${JSON.stringify(days)}; set it to a whole number from 1 to 3650.`,
  )
})

test('gRPC is served nowhere unless a port is set, and TLS takes two files', () => {
  expect(parseEnv({}, root)).toMatchObject({ GRPC_PORT: undefined, GRPC_TLS_CERT: undefined, GRPC_TLS_KEY: undefined })
  const tls = { GRPC_PORT: '8443', GRPC_TLS_CERT: 'cert.pem', GRPC_TLS_KEY: '/etc/key.pem' }
  expect(parseEnv(tls, root)).toMatchObject({
    GRPC_PORT: 8443,
    GRPC_TLS_CERT: path.join(root, 'cert.pem'),
    GRPC_TLS_KEY: '/etc/key.pem',
  })
})

test.each([
  [{ GRPC_PORT: '0' }, /GRPC_PORT is "0"; set it to a whole number from 1 to 65535/],
  [{ GRPC_PORT: '3000' }, /GRPC_PORT is 3000, as PORT is/],
  [{ GRPC_PORT: '8443', GRPC_TLS_CERT: 'cert.pem' }, /GRPC_TLS_KEY is not set/],
  [{ GRPC_PORT: '8443', GRPC_TLS_KEY: 'key.pem' }, /GRPC_TLS_CERT is not set/],
  [{ GRPC_TLS_CERT: 'cert.pem', GRPC_TLS_KEY: 'key.pem' }, /GRPC_PORT is not/],
])('settings of gRPC that do not go together end the start: %j', (source, message) => {
  expect(messageOf(source)).toMatch(message)
})

test('a replica belongs to PostgreSQL', () => {
  const replica = { DATABASE_REPLICA_URL: 'postgresql://reader@replica.example/keybound' }
  expect(messageOf(replica)).toContain('DATABASE_REPLICA_URL is set and DATABASE_URL names a SQLite file')
  expect(messageOf({ ...replica, DATABASE_URL: 'postgresql://writer@primary.example/keybound' })).toBe('accepted')
  const ofSchema = { ...replica, DATABASE_URL: 'postgresql://writer@primary.example/keybound?schema=team' }
  expect(messageOf(ofSchema)).toContain('names another schema')
})
