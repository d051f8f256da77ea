import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { endpoints } from '@/lib/server/endpoints'
import { scripts } from '@/package.json'

const root = path.resolve(import.meta.dirname, '..')
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')
const manifests = readdirSync(path.join(root, 'examples/kubernetes')).filter((file) => file.endsWith('.yaml'))
const manifest = (name: string) => parse(textOf(`examples/kubernetes/${name}.yaml`), { strict: true, uniqueKeys: true })

/** Settings that the server reads, and those of Node and PostgreSQL's image. */
const settings = [
  ...[...textOf('lib/env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name),
  ...['NODE_ENV', 'POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD'],
]
const paths = endpoints().map((endpoint) => endpoint.path)

describe('the Dockerfile', () => {
  const instructions = textOf('Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
  const all = (name: string) =>
    instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))

  test('copies only what is there, and what is not left out of the context', () => {
    const ignored = textOf('.dockerignore').trim().split('\n')
    const copied = all('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(' ').slice(0, -1))
    expect(copied).toContain('package-lock.json')
    expect(copied.filter((file) => !existsSync(path.join(root, file)) || ignored.includes(file))).toEqual([])
    // What the first step runs brings what it imports.
    const step = textOf('scripts/steps.mjs')
    const imported = [...step.matchAll(/from '\.\/(.+)'/g)].map(([, name]) => `scripts/${name}`)
    expect(copied).toEqual(expect.arrayContaining(['scripts/steps.mjs', ...imported]))
  })

  test('leaves secrets, data and what is built here out of the context', () => {
    const ignored = textOf('.dockerignore').trim().split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['.env*', '.git', 'data', 'dist', 'node_modules', '.next']))
  })

  test('sets nothing but settings that there are, and no secret', () => {
    const names = all('ENV').flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, name]) => name))
    expect(names.filter((name) => !settings.includes(name))).toEqual([])
    expect(names.filter((name) => /SECRET|PASSWORD|TOKEN|KEY/.test(name ?? ''))).toEqual([])
  })

  test('runs as a user that is not root, by number, in an image without the build', () => {
    expect(all('USER').at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    expect(all('FROM')).toEqual([expect.stringMatching(/^node:22-slim AS build$/), 'node:22-slim'])
    const last = instructions.slice(instructions.lastIndexOf('FROM node:22-slim'))
    expect(last.filter((line) => line.startsWith('COPY'))).toEqual(['COPY --from=build /runtime ./'])
  })

  test('asks for health where the server tells of it, and starts what a build makes', () => {
    const asked = /127\.0\.0\.1:' \+ process\.env\.PORT \+ '([^']+)'/.exec(all('HEALTHCHECK')[0] ?? '')?.[1]
    expect(paths).toContain(asked)
    const serverFlags = scripts.start.split(' ').filter((word) => word.startsWith('--'))
    expect(JSON.parse(all('CMD').at(-1) ?? '')).toEqual(['node', ...serverFlags, 'dist/server.js'])
    expect(textOf('scripts/bundle-server.mjs')).toContain("out: 'server'")
  })

  test('has every package that the bundles leave out', () => {
    const external = /external: \[([^\]]+)\]/.exec(textOf('scripts/bundle-server.mjs'))?.[1] ?? ''
    const names = [...external.matchAll(/'([^']+)'/g)].map(([, name]) => name ?? '')
    expect(names).toContain('next')
    // pg asks for the last, and goes on without it.
    const missing = names.filter((name) => name !== 'pg-native' && !textOf('scripts/runtime-files.mjs').includes(name))
    expect(missing).toEqual([])
  })
})

describe('compose.yaml', () => {
  const { services, volumes } = parse(textOf('compose.yaml'), { strict: true, uniqueKeys: true })

  test('sets nothing but settings that there are', () => {
    const names = Object.values<{ environment: object }>(services).flatMap(({ environment }) =>
      Object.keys(environment),
    )
    expect(names.filter((name) => !settings.includes(name))).toEqual([])
  })

  test('starts with no secret that is written here, and fails without one', () => {
    const { DATABASE_URL, KEYBOUND_SECRET } = services.keybound.environment
    expect(KEYBOUND_SECRET).toMatch(/^\$\{KEYBOUND_SECRET:\?/)
    expect(DATABASE_URL).toMatch(/^postgresql:\/\/keybound:\$\{POSTGRES_PASSWORD:\?[^}]*\}@postgres:5432\/keybound$/)
    expect(services.postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/)
  })

  test('starts the server when PostgreSQL is healthy, as a container that cannot change itself', () => {
    const { depends_on, read_only, cap_drop, ports } = services.keybound
    expect(depends_on.postgres.condition).toBe('service_healthy')
    expect(services.postgres.healthcheck.test.join(' ')).toContain('pg_isready')
    expect({ read_only, cap_drop, ports }).toEqual({
      read_only: true,
      cap_drop: ['ALL'],
      ports: ['127.0.0.1:3000:3000'],
    })
    expect(Object.keys(volumes)).toEqual(services.postgres.volumes.map((line: string) => line.split(':')[0]))
  })
})

describe('examples/kubernetes', () => {
  const { spec } = manifest('deployment')
  const [container] = spec.template.spec.containers

  test('every manifest is one object, and kustomization.yaml names all others', () => {
    for (const file of manifests)
      expect(manifest(file.replace('.yaml', ''))).toMatchObject({
        apiVersion: expect.any(String),
        kind: expect.any(String),
      })
    expect([...manifest('kustomization').resources].sort()).toEqual(
      manifests.filter((file) => file !== 'kustomization.yaml').sort(),
    )
  })

  test('three replicas are replaced one by one, and two stay when machines are emptied', () => {
    expect(spec.replicas).toBe(3)
    expect(spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 })
    const budget = manifest('pod-disruption-budget').spec
    expect(budget.minAvailable).toBeLessThan(spec.replicas)
    const labels = spec.template.metadata.labels
    for (const selector of [
      spec.selector.matchLabels,
      budget.selector.matchLabels,
      manifest('service').spec.selector,
    ]) {
      expect(labels).toMatchObject(selector)
      expect(Object.keys(selector).length).toBeGreaterThan(0)
    }
  })

  test('sets nothing but settings that there are, and secrets by reference', () => {
    const env: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[] =
      container.env
    expect(env.map(({ name }) => name).filter((name) => !settings.includes(name))).toEqual([])
    for (const { name, value, valueFrom } of env) {
      const isSecret = /SECRET|TOKEN|DATABASE_URL/.test(name)
      expect(isSecret ? valueFrom?.secretKeyRef?.key : value, name).toEqual(expect.any(String))
    }
  })

  test('probes ask paths that there are: the start and the process without the database, requests with it', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container
    const asked = [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet.path)
    expect(asked).toEqual(['/api/alive', '/api/status', '/api/alive'])
    expect(asked.filter((one) => !paths.includes(one))).toEqual([])
    const [{ name, containerPort }] = container.ports
    expect([name, containerPort, manifest('service').spec.ports[0].targetPort]).toEqual(['http', 3000, 'http'])
  })

  test('the container is not root, cannot change itself, and has limits', () => {
    expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
    expect(textOf('Dockerfile')).toContain('USER 1000:1000')
    expect(container.securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    })
    expect(container.resources).toMatchObject({ requests: { cpu: '250m' }, limits: { memory: '1Gi' } })
  })

  test('running requests have time to finish', () => {
    const seconds = Number(container.lifecycle.preStop.exec.command[1])
    const drainMs = Number(/PATIENCE_MS = ([\d_]+)/.exec(textOf('lib/server/drainer.ts'))?.[1]?.replaceAll('_', ''))
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(seconds + drainMs / 1000)
  })
})

test('images are named as Docker names them, without a host', () => {
  const named = ['Dockerfile', 'compose.yaml', ...manifests.map((file) => `examples/kubernetes/${file}`)].flatMap(
    (file) => [...textOf(file).matchAll(/^\s*(?:FROM|image:) +(\S+)/gm)].map(([, image]) => image ?? ''),
  )
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((image) => image.includes('/'))).toEqual([])
})
