import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { extendTailwindMerge } from 'tailwind-merge'
import { expect, test } from 'vitest'
import { mergeClasses } from './merge-classes'

const reference = extendTailwindMerge({ cacheSize: 0, extend: { theme: { text: ['compact'] } } })

test('of every two classes in the sources the same one is kept as tailwind-merge keeps', () => {
  const classes = classesIn(['app', 'components'])
  expect(classes.length).toBeGreaterThan(300)
  // Variants only say where a class holds: two that differ in them never meet, which the next test shows.
  const bases = [...new Set(classes.map((name) => name.split(/:(?![^[]*\])/).at(-1) ?? ''))]
  const wrong = bases.flatMap((one) =>
    bases.flatMap((other) => {
      const both = `${one} ${other}`
      return one !== other && mergeClasses(both) !== reference(both) ? [both] : []
    }),
  )
  expect(wrong).toEqual([])
})

test.each([
  'px-2 h-8 px-4',
  'hover:px-2 px-4 hover:px-3',
  'sm:hover:px-2 hover:sm:px-4',
  'w-auto! w-4',
  'w-4 w-auto!',
  'rounded-[1px] data-[state=open]:bg-muted bg-surface data-[state=open]:bg-accent',
  '[&_svg]:size-4 [&_svg]:size-3 size-4',
  '[--a:1] [--b:2] [--a:3]',
  'our-own our-own',
])('%s', (classes) => {
  expect(mergeClasses(classes)).toBe(reference(classes))
})

/** Every text in quotes that tailwind-merge takes for a class. */
function classesIn(folders: string[]): string[] {
  const words = new Set<string>()
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/(?<!\.test)\.tsx?$/.test(file) || file.endsWith('merge-classes.ts')) continue
      for (const [quoted] of readFileSync(path.join(folder, file), 'utf8').matchAll(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g)) {
        for (const word of quoted.slice(1, -1).split(/\s+/)) if (!/^$|[${}`'"]/.test(word)) words.add(word)
      }
    }
  }
  return [...words].filter((word) => reference(`${word} ${word}`) === word)
}
