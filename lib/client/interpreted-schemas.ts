declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined
}

/*
 * Imported before zod: it reads schemas instead of compiling them, and does not try whether it may compile text, which the policies
 * of pages and workers forbid and would report.
 */
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true }

export {}
