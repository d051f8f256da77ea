// The steps that start, verify and test share. Plain JavaScript without dependencies: it runs before there are any.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresqlSchemaFile, sqliteSchemaFile, writePostgresqlSchema } from './prisma-schema.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))

const environment = {
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  // Without these an older npm lets dependencies download engines and browsers that are not used here.
  PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
}

/** A step failed and has said why. */
export class StepFailed extends Error {}

/** Runs `act`, ending the process with code 1 when a step fails. */
export async function main(act) {
  process.chdir(root)
  Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1' })
  try {
    requireNode()
    await act()
  } catch (error) {
    console.error(error instanceof StepFailed ? error.message : error)
    process.exit(1)
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new StepFailed(`Keybound needs Node 20.19 or later and this is ${process.versions.node}; install a newer Node.`)
}

/** Installs what the lockfile says, unless that has been done. */
export function install() {
  const stamp = path.join(root, 'node_modules/.keybound-lockfile')
  const wanted = digest(['package-lock.json'])
  const installed = path.join(root, 'node_modules/.package-lock.json')
  const isNewer = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs
  if (existsSync(installed) && (read(stamp) === wanted || isNewer)) return
  console.error('Installing dependencies; the first time may take two minutes …')
  const npm = process.env.npm_execpath ?? ''
  const [command, before] = /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []]
  // Not `npm ci`: it refuses a lockfile written where a registry lacks the optional packages of other platforms. This
  // installs the locked versions just the same, checks their hashes and leaves the lockfile as it is.
  const options = ['--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  quietly(command, [...before, 'install', ...options])
  writeFileSync(stamp, wanted)
}

/** Generates the database clients, unless the models are as they were. */
export function generate() {
  const stamp = path.join(root, 'prisma/generated/stamp')
  const wanted = digest([sqliteSchemaFile, 'scripts/prisma-schema.mjs', 'node_modules/prisma/package.json'])
  const clients = ['sqlite', 'postgresql'].map((name) => `lib/db/generated/${name}/client.ts`)
  if (read(stamp) === wanted && clients.every((file) => existsSync(file))) return
  writePostgresqlSchema(root)
  for (const schema of [sqliteSchemaFile, postgresqlSchemaFile]) {
    quietly(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--schema', schema])
  }
  writeFileSync(stamp, wanted)
}

/** Builds the pages and the server, unless nothing they are made of has changed. @throws StepFailed */
export async function build() {
  const stamp = path.join(root, '.next/keybound-build')
  const wanted = digest([...bundleSources, ...pageSources])
  if (read(stamp) !== wanted) {
    console.error('Building; this takes half a minute and is kept until the sources change …')
    await quietlyAside(process.execPath, ['node_modules/next/dist/bin/next', 'build'], { NODE_ENV: 'production' })
    mkdirSync(path.dirname(stamp), { recursive: true })
    writeFileSync(stamp, wanted)
  }
  await bundle()
}

/** Builds the server and the command line, unless nothing they are made of has changed. @throws StepFailed */
export async function bundle() {
  const stamp = path.join(root, 'dist/stamp')
  const wanted = digest(bundleSources)
  if (read(stamp) === wanted) return
  await quietlyAside(process.execPath, ['scripts/bundle-server.mjs'])
  writeFileSync(stamp, wanted)
}

/** Files that the server and the command line are made of. */
const bundleSources = [
  'lib',
  'prisma/schema.prisma',
  'scripts/bundle-server.mjs',
  'server.ts',
  'cli.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** Further files that the pages are made of. */
const pageSources = [
  'app',
  'components',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'next.config.mjs',
  'postcss.config.mjs',
]

/** One digest over the names and contents of files and folders; tests and generated code do not count. */
function digest(places) {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of places.flatMap(filesIn).sort()) {
    hash.update(`\0${file}\0`).update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

function filesIn(place) {
  if (!existsSync(place) || place === path.join('lib', 'db', 'generated') || /\.test\.tsx?$/.test(place)) return []
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place).flatMap((name) => filesIn(path.join(place, name)))
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Runs a command whose output matters only when it fails. */
function quietly(command, args, more = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...environment, ...more },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw commandFailed(command, args, `${stdout ?? ''}${stderr ?? ''}`, error)
}

/** As `quietly`, beside what else this process does. @throws StepFailed */
function quietlyAside(command, args, more = {}) {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...environment, ...more } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(commandFailed(command, args, output, error)))
    child.once('close', (code) => (code === 0 ? resolve() : reject(commandFailed(command, args, output))))
  })
}

function commandFailed(command, args, output, error) {
  const name = [path.basename(command), ...args].join(' ')
  return new StepFailed(`${output}\n\`${name}\` failed${error ? `: ${error.message}` : '.'}`)
}

/**
 * Runs a tool of node_modules with our output as its own; answers whether it succeeded.
 * @param signals passed on to it, where it is what this process is for
 */
export function shown(script, args, more = {}, signals = []) {
  const child = spawn(process.execPath, [path.join('node_modules', script), ...args], {
    cwd: root,
    env: { ...process.env, ...environment, ...more },
    stdio: 'inherit',
  })
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}

/**
 * Runs a tool of node_modules and hands its output to `say` as it comes; answers whether it succeeded.
 * @param {(text: string) => void} say
 */
export function told(say, script, args, more = {}) {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, [path.join('node_modules', script), ...args], {
    cwd: root,
    env: { ...process.env, ...colour, ...environment, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say)
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}
