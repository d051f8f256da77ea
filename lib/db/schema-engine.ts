import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { postgresqlAdapter } from './client'
import { sqliteMigrationAdapter } from './sqlite-adapter'

export type SchemaEngine = bindings.SchemaEngine
export type Provider = 'sqlite' | 'postgresql'

export const providerOf = (databaseUrl: string): Provider => (databaseUrl.startsWith('file:') ? 'sqlite' : 'postgresql')

/** The filter under which nothing is left out of a migration or a diff. */
export const everything = { externalTables: [], externalEnums: [] }

/** Runs `act` with Prisma's schema engine as WebAssembly: nothing is downloaded, and it speaks through our own drivers. */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  act: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  await started()
  const provider = providerOf(databaseUrl)
  const opened: SqlDriverAdapter[] = []
  const adapter = remembering(
    opened,
    provider === 'sqlite' ? sqliteMigrationAdapter(databaseUrl) : postgresqlAdapter(databaseUrl),
  )
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: [['schema.prisma', `datasource db {\n  provider = "${provider}"\n}\n`]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapter),
    )
    return await act(engine)
  } finally {
    // The engine leaves its connections open, and an open pool keeps a process from ending.
    for (const connection of opened) await connection.dispose()
  }
}

function remembering(
  opened: SqlDriverAdapter[],
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  const kept = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = await connecting
    opened.push(connection)
    return connection
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => kept(factory.connect()),
    connectToShadowDb: () => kept(factory.connectToShadowDb()),
  }
}

let instance: Promise<void> | undefined

/** The package's own entry wants a bundler that imports WebAssembly; Node is told by hand. */
function started(): Promise<void> {
  instance ??= (async () => {
    const module = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(module.replace(/\.js$/, '.wasm'))
    const { instance: engine } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
    bindings.__wbg_set_wasm(engine.exports)
    const start = engine.exports.__wbindgen_start
    if (typeof start === 'function') start()
  })()
  return instance
}
