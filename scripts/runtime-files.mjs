// node scripts/runtime-files.mjs FOLDER: copies what a built server needs to run, and nothing else: a twentieth of the whole.
// It is started there by `node dist/server.js`, with the flags of `npm start`; the Dockerfile makes its image of it.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import nft from 'next/dist/compiled/@vercel/nft/index.js'
import { main, root, StepFailed } from './steps.mjs'

/** Copied as they are. */
const folders = ['.next', 'dist', 'public', 'prisma/migrations']
const files = ['package.json', 'next.config.mjs', 'LICENSE']
/** Not needed to run; images are not optimized (next.config.mjs). */
const left =
  /^\.next\/(?:cache|diagnostics|types|trace)|\.map$|\.nft\.json$|^node_modules\/(?:sharp|@img|@photostructure\/sqlite\/(?:src|scripts))\//
/** Native code for other machines. */
const isForeign = (file) =>
  file.includes('/prebuilds/') && !file.includes(`/prebuilds/${process.platform}-${process.arch}/`)
/** Next looks for its builder as it starts. */
const builder = ['webpack', 'babel', '@babel/runtime'].map((name) => `next/dist/compiled/${name}`)

const target = process.argv[2]

await main(async () => {
  if (!target) throw new StepFailed('Say where to: node scripts/runtime-files.mjs FOLDER')
  if (!existsSync('dist/server.js') || !existsSync('.next/BUILD_ID')) throw new StepFailed('Run npm run build first.')
  const wanted = new Set([...folders.flatMap(filesIn), ...files, ...tracedByNext(), ...(await tracedFromBundle())])
  for (const file of wanted) {
    if (left.test(file) || isForeign(file)) continue
    mkdirSync(path.dirname(path.join(target, file)), { recursive: true })
    cpSync(file, path.join(target, file), { dereference: true })
  }
})

/** What pages need of packages, as their build has found. */
function tracedByNext() {
  const traces = filesIn('.next').filter((file) => file.endsWith('.nft.json') && !file.startsWith('.next/cache/'))
  return traces.flatMap((trace) =>
    JSON.parse(readFileSync(trace, 'utf8')).files.map((file) => path.normalize(path.join(path.dirname(trace), file))),
  )
}

/** What the bundles load of packages: those that bundle-server.mjs leaves out. */
async function tracedFromBundle() {
  const ignore = (file) => /next\/dist\/(?:server\/dev|docs)\/|node_modules\/(?:typescript|caniuse-lite)\//.test(file)
  const { fileList } = await nft.nodeFileTrace(['node_modules/next/dist/server/next.js'], { base: root, ignore })
  // Native code, WebAssembly and builder are looked for by names that no trace finds.
  const packages = ['@photostructure/sqlite', '@prisma/schema-engine-wasm', 'node-gyp-build', ...builder]
  return [...fileList, ...packages.flatMap((name) => filesIn(path.join('node_modules', name)))]
}

function filesIn(place) {
  if (!existsSync(place)) return []
  if (!statSync(place).isDirectory()) return [place]
  const entries = readdirSync(place, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
}
