import { defineConfig } from 'prisma/config'

// `prisma generate` needs no engine, but insists that one exists and would download it. Node itself will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma' })
