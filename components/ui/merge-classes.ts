/*
 * Of two classes of Tailwind that set the same property the browser takes the one that comes later in the style sheet, not in the
 * attribute. So of such classes only the last is kept. merge-classes.test.ts holds this to tailwind-merge, which brings a table of
 * all of Tailwind along, for every class that is written in the sources.
 */

/** What a class sets, by its name. The first that fits counts. */
const properties: readonly (readonly [property: string, names: RegExp])[] = [
  [
    'display',
    /^(block|inline|inline-block|inline-flex|inline-grid|flex|grid|contents|hidden|table|table-cell|table-row)$/,
  ],
  ['position', /^(static|fixed|absolute|relative|sticky)$/],
  ['visibility', /^(visible|invisible|collapse)$/],
  ['sr', /^(not-)?sr-only$/],
  ['container', /^@container$/],
  ['overflow-x', /^overflow-x-/],
  ['overflow-y', /^overflow-y-/],
  ['overflow', /^overflow-/],
  ['inset-x', /^inset-x-/],
  ['inset-y', /^inset-y-/],
  ['inset', /^inset-/],
  ['border-collapse', /^border-(collapse|separate)$/],
  ['border-spacing', /^border-spacing-/],
  ['border-style', /^border-(solid|dashed|dotted|double|none)$/],
  ...['t', 'r', 'b', 'l', 'x', 'y'].flatMap((side) => [
    [`border-${side}`, new RegExp(`^border-${side}(-\\d)?$`)] as const,
    [`border-color-${side}`, new RegExp(`^border-${side}-`)] as const,
  ]),
  ['border', /^border(-\d)?$/],
  ['border-color', /^border-/],
  ['flex-direction', /^flex-(row|col)/],
  ['flex-wrap', /^flex-(wrap|nowrap)/],
  ['flex', /^flex-/],
  ['col-start', /^col-start-/],
  ['col', /^col-/],
  ['gap-x', /^gap-x-/],
  ['gap-y', /^gap-y-/],
  ['justify-items', /^justify-items-/],
  ['justify-self', /^justify-self-/],
  ['text-align', /^text-(left|center|right)$/],
  ['font-size', /^text-(xs|sm|base|lg|xl|\dxl|compact|\[[\d.]+(rem|px|em)\])$/],
  ['text-overflow', /^(truncate|text-ellipsis)$/],
  ['text-color', /^text-/],
  ['font-family', /^font-(sans|mono)$/],
  ['font-weight', /^font-/],
  ['font-style', /^(not-)?italic$/],
  ['text-decoration', /^(no-underline|underline|line-through)$/],
  ['outline-offset', /^outline-offset-/],
  ['outline-width', /^outline-\d$/],
  ['outline-style', /^outline-(none|dashed)$/],
  ['outline-color', /^outline-/],
  ['stroke-width', /^stroke-(\d|\[[\d.]+px\])$/],
  ['table-layout', /^table-(fixed|auto)$/],
  ['resize', /^resize(-|$)/],
  ['shrink', /^shrink(-0)?$/],
  ['transition', /^transition(-|$)/],
  ['list', /^list-/],
  ['space-y', /^space-y-/],
  ['divide-x', /^divide-x(-\d)?$/],
  ['divide-y', /^divide-y(-\d)?$/],
  ['translate-x', /^translate-x-/],
  ['rounded-b', /^rounded-b-/],
  // A property of its own by its first words.
  [
    '',
    /^(p[trblxy]?|m[trblxy]?|top|right|bottom|left|z|basis|grid-cols|gap|justify|content|items|self|size|[wh]|(min|max)-[wh]|leading|tracking|tabular|line-clamp|underline-offset|decoration|whitespace|break|bg|rounded|shadow|opacity|animate|cursor|pointer-events|scroll-mt|scroll-pt|select|fill|stroke|forced-color-adjust|field-sizing|rotate|align)-/,
  ],
]

/** Further properties that a class sets as well. */
const includes: Readonly<Record<string, readonly string[]>> = {
  overflow: ['overflow-x', 'overflow-y'],
  inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
  'inset-x': ['right', 'left'],
  'inset-y': ['top', 'bottom'],
  flex: ['basis', 'shrink'],
  'font-size': ['leading'],
  gap: ['gap-x', 'gap-y'],
  p: ['px', 'py', 'pt', 'pr', 'pb', 'pl'],
  px: ['pr', 'pl'],
  py: ['pt', 'pb'],
  m: ['mx', 'my', 'mt', 'mr', 'mb', 'ml'],
  mx: ['mr', 'ml'],
  my: ['mt', 'mb'],
  size: ['w', 'h'],
  'line-clamp': ['display', 'overflow'],
  rounded: ['rounded-b'],
  border: ['border-x', 'border-y', 'border-t', 'border-r', 'border-b', 'border-l'],
  'border-x': ['border-r', 'border-l'],
  'border-y': ['border-t', 'border-b'],
  'border-color': ['border-color-x', 'border-color-y', ...['t', 'r', 'b', 'l'].map((side) => `border-color-${side}`)],
}

const known = new Map<string, string>()

/** Leaves out classes whose property a later class sets. */
export function mergeClasses(classes: string): string {
  const before = known.get(classes)
  if (before !== undefined) return before
  const set = new Set<string>()
  const kept = classes
    .split(/\s+/)
    .reverse()
    .filter((name) => name !== '' && isNew(name, set))
    .reverse()
    .join(' ')
  // Classes are written in the sources, so there are not many.
  known.set(classes, kept)
  return kept
}

function isNew(name: string, set: Set<string>): boolean {
  const { variant, property } = partsOf(name)
  if (property === null) return true
  if (set.has(variant + property)) return false
  for (const also of [property, ...(includes[property] ?? [])]) set.add(variant + also)
  return true
}

/** `max-sm:hover:-mx-1!` → where it holds, and what it sets; null for what is no class of Tailwind. */
function partsOf(name: string): { variant: string; property: string | null } {
  const isImportant = name.endsWith('!')
  const parts = name.replace(/!$/, '').split(/:(?![^[]*\])/)
  const base = (parts.pop() ?? '').replace(/^-/, '')
  const variant = `${parts.sort().join(':')}${isImportant ? '!' : ''} `
  const own = /^\[([a-z-]+):/.exec(base)?.[1]
  if (own !== undefined) return { variant, property: `[${own}]` }
  for (const [property, names] of properties) {
    const found = names.exec(base)
    if (found) return { variant, property: property || (found[1] ?? null) }
  }
  return { variant, property: null }
}
